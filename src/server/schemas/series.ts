import { z } from 'zod';
import {
  BACKEND_ALIASES,
  BACKENDS,
  type BackendName,
  type Dataset,
  dtypeOf,
  engines,
  type Grid,
  InvalidInput,
  isGrid,
  LAYOUTS,
  type Layout,
  laidOut,
  type MetricRecord,
  readDataset,
  readNumbers,
  readSeriesIn,
  type Series,
  TFJS_ENGINES,
} from '../../core/server-door.ts';
import { referencePattern } from '../dataset-reference.ts';
import { FULL_ONLY } from '../document/json-only.ts';
import { typeName } from '../document/walk.ts';
import { Resolved } from './resolved.ts';

/** A field of a body that holds a series or a dataset, with its name for errors. */
export class Given {
  readonly name: string;
  readonly value: unknown;
  readonly layout: Layout;

  constructor(name: string, value: unknown, layout: Layout) {
    this.name = name;
    this.value = value;
    this.layout = layout;
  }
}

/** Reads by the rules of the core; whatever it rejects becomes an issue at that place, with the core's code. */
export function reading<T>(context: z.RefinementCtx, read: () => T, from = 0): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const { message, path, code } = error;
    context.addIssue({ code: 'custom', message, path: path.slice(from), params: { code } });
    return z.NEVER;
  }
}

/** Reads the value of a field. The path of an issue is relative to the field; zod adds the rest. */
const readingField = <T>(given: unknown, context: z.RefinementCtx, read: (given: Given) => T): T =>
  reading(context, () => read(given instanceof Given ? given : new Given('', given, 'time_first')), 1);

/** In JSON, a series is an array; an object could only pretend to be a tensor. */
function list(value: unknown, ...path: (string | number)[]): unknown[] {
  if (Array.isArray(value)) return value;
  throw new InvalidInput(
    `expected an array of numbers, or of rows of numbers, ${gotInstead(value)}${adviceOn(value, path)}`,
    path,
  );
}

/** Series, one after the other. */
function listOfSeries(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new InvalidInput(`expected a list of series, or the name of a stored data set, ${gotInstead(value)}`, [name]);
}

function gotInstead(value: unknown): string {
  if (value === undefined) return 'but it is missing';
  return `got ${value === null ? 'null' : `a value of type ${typeof value}`}`;
}

/** What to send instead of something that is no series. */
function adviceOn(value: unknown, path: readonly (string | number)[]): string {
  if (typeof value === 'string' || (typeof value === 'object' && value !== null)) {
    return '; a series of a stored data set is {"dataset": "name", "index": 0}';
  }
  const inDataset = path.length > 1 && typeof value === 'number';
  return inDataset ? '; a dataset is a list of series, so put a single one in brackets' : '';
}

/** In an .npz, it is a grid. */
const listOrGrid = (value: unknown, name: string): unknown =>
  !Array.isArray(value) && isGrid(value) ? value : list(value, name);

function seriesFrom({ value, name, layout }: Given): Series {
  if (value instanceof Resolved) return returnedIn(layout, value.series(name));
  return readSeriesIn(layout, listOrGrid(value, name), name);
}

function datasetFrom({ value, name, layout }: Given): Dataset {
  if (value instanceof Resolved && value.index === undefined) return returnedIn(layout, value.dataset);
  if (isGrid(value)) return readDataset(laidOut(value, layout), name);
  if (value instanceof Resolved) return returnedIn(layout, readDataset([gridOf(value.series(name))], name));
  const all = listOfSeries(value, name).map((one, k) =>
    one instanceof Resolved ? gridOf(one.series(name, k)) : laidOut(list(one, name, k), layout),
  );
  return returnedIn(layout, readDataset(all, name));
}

/** Stored data have no layout of their own: anything returned in their shape has the layout of the request. */
const returnedIn = <T extends Series | Dataset>(layout: Layout, read: T): T =>
  layout === 'channels_first' && read.d > 1 ? { ...read, layout } : read;

const gridOf = ({ data, n, d, ndim }: Series): Grid => ({ data, shape: ndim === 1 ? [n] : [n, d] });

const number = { type: 'number' } as const;
const row = { type: 'array', minItems: 1, items: number } as const;

/** The forms of a series. Those with null are apart from the others, because few generators have a list of numbers or nulls. */
const univariate = { ...row, 'x-name': 'Univariate', description: 'One number per time step: shape (sz,)' };
const multivariate = {
  type: 'array',
  minItems: 1,
  items: row,
  'x-name': 'Multivariate',
  description: 'One row of d numbers per time step: shape (sz, d)',
};
const padded = { ...row, items: { type: ['number', 'null'] }, contains: { type: 'null' } };
const paddedUnivariate = {
  ...padded,
  'x-name': 'PaddedUnivariate',
  [FULL_ONLY]: true,
  description: 'A univariate series with missing values',
};
const paddedMultivariate = {
  ...multivariate,
  items: { ...row, items: padded.items },
  contains: padded,
  'x-name': 'PaddedMultivariate',
  [FULL_ONLY]: true,
  description: 'A multivariate series with missing values',
};

/** A series in JSON, read by one checked loop into flat float64. */
export const series = z
  .unknown()
  .transform((given, context): Series => readingField(given, context, seriesFrom))
  .meta({
    id: 'Series',
    description:
      'One time series, one number or one row of d numbers per time step; with `layout: "channels_first"`, d channels of sz numbers each. A missing value is null in JSON: trailing missing steps are trimmed, so series of a dataset may be padded, though they need not be.',
    anyOf: [
      univariate,
      multivariate,
      paddedUnivariate,
      paddedMultivariate,
      {
        'x-name': 'SeriesReference',
        type: 'object',
        description: 'A series of a stored data set',
        properties: {
          dataset: { type: 'string', description: 'Its name, or `name@sha256:...`' },
          index: { type: 'integer', minimum: 0, maximum: 1e9, description: 'Which one, starting at 0' },
        },
        required: ['dataset', 'index'],
        additionalProperties: false,
      },
    ],
  });

/** A dataset in JSON, read into one flat array in shared memory. */
export const dataset = z
  .unknown()
  .transform((given, context): Dataset => readingField(given, context, datasetFrom))
  .meta({
    id: 'Dataset',
    description:
      'At least one series, or the name of a stored data set. Lengths may differ; the number of values per step may not.',
    anyOf: [
      {
        'x-name': 'SeriesList',
        type: 'array',
        minItems: 1,
        items: { $ref: '#/components/schemas/Series' },
        description: 'Series, one after the other',
      },
      {
        'x-name': 'DatasetReference',
        type: 'string',
        pattern: referencePattern.source,
        description: 'The name of a stored data set, or `name@sha256:...` for one of its contents',
      },
    ],
  });

const numbersFrom = ({ value, name }: Given): Series => readNumbers(listOrGrid(value, name), name);

/** Numbers that belong to the series of a dataset, one for each: read as a series is, but whatever the layout. */
export const vector = z
  .unknown()
  .transform((given, context): Series => readingField(given, context, numbersFrom))
  .meta({ type: 'array', minItems: 1, items: { type: 'number' } });

/** The same, a row of them for each. */
export const matrix = z
  .unknown()
  .transform((given, context): Series => readingField(given, context, numbersFrom))
  .meta({ type: 'array', minItems: 1, items: { type: 'array', minItems: 1, items: { type: 'number' } } });

/** What a field that takes a grid as it is holds; undefined for others, whose arrays are lists. */
export function gridKindOf(field: z.ZodType): 'series' | 'dataset' | 'numbers' | undefined {
  return gridKinds.get(innerOf(field));
}

const gridKinds = new Map<unknown, 'series' | 'dataset' | 'numbers'>([
  [series, 'series'],
  [dataset, 'dataset'],
  [vector, 'numbers'],
  [matrix, 'numbers'],
]);

const innerOf = (field: z.ZodType): unknown => (field instanceof z.ZodOptional ? field.unwrap() : field);

/** A series, or a gradient in a series' shape, on its way out. */
export const shaped = z
  .union([
    z.array(z.number()).min(1).meta({ 'x-name': 'Univariate', description: univariate.description }),
    z
      .array(z.array(z.number()).min(1))
      .min(1)
      .meta({ 'x-name': 'Multivariate', description: multivariate.description }),
  ])
  .meta({ 'x-name': 'SeriesValues' });

/** A path, as pairs of indices. */
export const path = z
  .array(z.array(z.int().min(0)).length(2).meta({ 'x-name': 'StepPair' }))
  .meta({ 'x-name': 'Path', description: 'Pairs of steps [i, j], from the first to the last' });

/** Which axis comes first in series of several channels. */
export const layoutField = z.enum(LAYOUTS).default(LAYOUTS[0]).meta({
  'x-name': 'Layout',
  description:
    'The axis that comes first in series of several channels: "time_first" for (sz, d), as in tslearn, or "channels_first" for (d, sz), as in aeon and PyTorch; datasets are (n, sz, d) or (n, d, sz). Gradients, barycenters and envelopes are returned in the same layout. Series of plain numbers are the same in both.',
});

/** The backend. */
export function backendField(backends: readonly BackendName[]) {
  const aliases = Object.entries(BACKEND_ALIASES).filter(([, name]) => backends.includes(name));
  const names: readonly string[] = [...backends, ...aliases.map(([alias]) => alias)];
  return z
    .enum(names as [string, ...string[]])
    .default(BACKENDS[0])
    .meta({
      description: meaningOf(backends, aliases),
      'x-name': backends.length === 1 ? `${typeName(backends[0] as string)}Backend` : 'Backend',
    });
}

function meaningOf(backends: readonly BackendName[], aliases: [string, BackendName][]): string {
  if (backends.length === 1) return `The backend: only "${backends[0]}".`;
  const each = backends.map((name) => `"${name}" (${engines[name].summary})`).join(' or ');
  const others = aliases.map(
    ([alias, name]) => ` "${alias}", tslearn's name for its differentiable backend, is an alias of "${name}".`,
  );
  return `The backend: ${each}.${others.join('')}`;
}

/** What every response says about its numbers. */
export const computedBySchema = ({ backends }: Pick<MetricRecord, 'backends'>) => ({
  be: z.enum(backends).meta({ 'x-name': 'BackendName', description: 'The backend that computed the response' }),
  dtype: z.enum(backends.map(dtypeOf)).meta({ 'x-name': 'Dtype', description: 'The number type it computed with' }),
  ...(backends.includes('tfjs') && {
    engine: z.enum(TFJS_ENGINES).optional().meta({
      description: 'Which TensorFlow.js computed it: the native one or JavaScript. Only with the backend tfjs',
    }),
  }),
});
