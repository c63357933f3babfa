import { computed, signal } from '@preact/signals-core';
import type { Capabilities } from '../../clients/typescript/client.ts';
import type { Matrix } from '../data/matrix.ts';
import { normalisedSample } from '../data/normalise.ts';
import type { Sample, Series } from '../data/series.ts';
import type { Failure, Timing } from '../service/messages.ts';

/** One metric, as GET /capabilities describes it. */
export type Metric = Capabilities['metrics'][number];

/** A request, as the page sends it and offers for copying. */
export interface Request {
  readonly path: string;
  readonly query: Readonly<Record<string, boolean>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The response of the service for a pair. */
export interface Answer {
  readonly value: number;
  readonly be: string;
  readonly dtype: string;
  readonly path?: readonly (readonly [number, number])[];
  readonly alignment?: Matrix;
  /** By how many steps s2 is shifted later to match s1: one number, or one per channel. */
  readonly shift?: number | readonly number[];
  readonly gradient?: { readonly s1: Series; readonly s2: Series };
}

/** What the figures show: two series, and the response about them, all from one request. */
export interface Shown {
  readonly request: Request;
  readonly metric: Metric;
  readonly s1: Sample;
  readonly s2: Sample;
  /** The channel that the alignment is of, if each has its own. */
  readonly channel?: number;
  readonly answer?: Answer;
  readonly timing?: Timing;
}

export const capabilities = signal<Capabilities | undefined>(undefined);

/** What the user chose. */
export const VIEWS = ['pair', 'matrix', 'neighbors', 'search', 'stored'] as const;
export type View = (typeof VIEWS)[number];
export const view = signal<View>('pair');
export const s1 = signal<Sample | undefined>(undefined);
export const s2 = signal<Sample | undefined>(undefined);
/** The example whose series are offered. */
export const exampleName = signal('gun-point');
/** Whether series are z-normalised before they are compared. */
export const zNormalise = signal(false);
export const metricName = signal('dtw');
export const be = signal('numpy');
/** Parameters that are not at their defaults, of any metric: one that another metric shares keeps its value. */
export const params = signal<Readonly<Record<string, unknown>>>({});

/** A sample as used: z-normalised if selected. */
export const asUsed = computed(() => (zNormalise.value ? normalisedSample : (sample: Sample) => sample));
/** The pair as it is compared. */
export const used1 = computed(() => s1.value && asUsed.value(s1.value));
export const used2 = computed(() => s2.value && asUsed.value(s2.value));

/** The last problem from the service. */
export const shown = signal<Shown | undefined>(undefined);
export const problem = signal<Failure | undefined>(undefined);
/** s1 as it was before it was pulled. */
export const ghost = signal<Sample | undefined>(undefined);
/** Where the pointer is in the window while it points at something that has a value. */
export const pointer = signal<{ readonly x: number; readonly y: number } | undefined>(undefined);
/** The time steps under the cross-hair: i of s1, j of s2. */
export const cross = signal<{ readonly i: number; readonly j: number } | undefined>(undefined);

export const metric = computed(() => capabilities.value?.metrics.find(({ name }) => name === metricName.value));

/** The parameters of the selected metric that are not at their defaults, and the backend if it is not the default. */
export const chosenParams = computed<Record<string, unknown>>(() => {
  const known = (metric.value?.parameters.properties ?? {}) as object;
  const given = Object.entries(params.value).filter(([name]) => name in known);
  return { ...Object.fromEntries(given), ...(be.value !== 'numpy' && { be: be.value }) };
});

/** A soft alignment with more cells is not requested: it would be 20 MB of text. */
const MOST_CELLS = 1e6;

/** The request for the pair on the screen, with everything that the metric can return. */
export const request = computed<Request | undefined>(() => {
  const operation = metric.value?.operations.find(({ path }) => path === `/${metricName.value}`);
  if (operation === undefined || used1.value === undefined || used2.value === undefined) return undefined;
  const cells = used1.value.values.length * used2.value.values.length;
  // A soft minimum over all paths has no single path.
  const soft = Number(chosenParams.value.gamma ?? 0) > 0;
  const flags = operation.flags.filter((flag) =>
    flag === 'path' ? !soft : flag !== 'alignment' || cells <= MOST_CELLS,
  );
  return {
    path: operation.path,
    query: Object.fromEntries(flags.map((flag) => [flag, true])),
    body: { s1: used1.value.values, s2: used2.value.values, ...chosenParams.value },
  };
});
