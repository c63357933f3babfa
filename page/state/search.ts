import { batch, computed, effect, signal, untracked } from '@preact/signals-core';
import { matchingCurve } from '../data/matching-curve.ts';
import { normalisedSample } from '../data/normalise.ts';
import { ownSample, type Sample, type Series } from '../data/series.ts';
import { latest } from '../service/latest.ts';
import type { Reply, Timing } from '../service/messages.ts';
import { dataset, datasetStored } from './dataset.ts';
import { askLong } from './long.ts';
import { longWork } from './long-work.ts';
import { capabilities, chosenParams, metricName, problem, type Request, view, zNormalise } from './state.ts';
import { asked as asSent, storedSeries } from './stored.ts';

/** Where the query occurs: steps start to end of the long series, both inclusive. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

/** The matches of a query in a long series, best first. */
export interface SearchShown {
  readonly request: Request;
  readonly query: Sample;
  readonly long: Sample;
  readonly matches: readonly Match[];
  /** For each step, the distance of the best match that ends there; undefined if it would take long. */
  readonly curve: Float64Array | undefined;
  readonly timing: Timing;
}

export const searchShown = signal<SearchShown | undefined>(undefined);
/** How many matches are asked for. */
export const matchCount = signal(5);

/** The long series that was chosen; without one, the series of the data set one after another. */
export const longChosen = signal<Sample | undefined>(undefined);
/** What is looked for: a part of the long series, or something drawn. */
export const sought = signal<Sample | undefined>(undefined);
/** The part of the long series that is looked for, if it is one. */
export const soughtPart = signal<readonly [from: number, to: number] | undefined>(undefined);

/** Joined series have no more steps than this. */
const MOST_STEPS = 20_000;

const joined = computed<Sample | undefined>(() => {
  const rows: (number | readonly number[])[] = [];
  let count = 0;
  for (const { values } of dataset.value) {
    if (rows.length + values.length > MOST_STEPS) break;
    rows.push(...values);
    count++;
  }
  const [first] = dataset.value;
  if (!first || rows.length === 0) return undefined;
  return {
    ...first,
    ...ownSample(rows as Series, `${count} series, one after another`),
    step: first.step,
    value: first.value,
  };
});

const used = (sample: Sample) => (zNormalise.value ? normalisedSample(sample) : sample);
/** The long series as it is searched. */
export const long = computed(() => {
  const sample = longChosen.value ?? joined.value;
  return sample && used(sample);
});

/** What is looked for, as it is compared: a part of the normalised series is not normalised again. */
const query = computed<Sample | undefined>(() => {
  if (!long.value) return undefined;
  if (soughtPart.value) return partOf(long.value, soughtPart.value);
  return sought.value && used(sought.value);
});

/** Steps from..to of a series, as one of its own. */
export const partOf = (sample: Sample, [from, to]: readonly [number, number]): Sample => ({
  ...sample,
  values: sample.values.slice(from, to + 1) as Series,
  name: `steps ${from} to ${to}`,
});

/** What is looked for at first: the second of the joined series, or an eighth of a single one. */
function firstPart(sample: Sample): readonly [number, number] {
  const [first, second] = longChosen.peek() ? [] : dataset.peek();
  const length = sample.values.length;
  if (first && second && first.values.length + second.values.length <= length)
    return [first.values.length, first.values.length + second.values.length - 1];
  const eighth = Math.max(1, Math.floor(length / 8));
  return [eighth, Math.min(length - 1, 2 * eighth)];
}

/** Metrics without a search leave it to dtw. */
export const searching = computed(() => {
  const has = (name: string) =>
    capabilities.value?.metrics.some(({ operations }) =>
      operations.some(({ path }) => path === `/${name}/subsequence`),
    );
  return has(metricName.value) ? metricName.value : 'dtw';
});
const TAKEN = ['sakoe_chiba_radius'];

interface Subject {
  readonly request: Request;
  readonly query: Sample;
  readonly long: Sample;
}

const subject = computed<Subject | undefined>(() => {
  if (!capabilities.value || !query.value || !long.value) return undefined;
  const own = searching.value === metricName.value ? Object.entries(chosenParams.value) : [];
  const body = {
    query: query.value.values,
    series: asSent(long.value),
    k: matchCount.value,
    ...Object.fromEntries(own.filter(([name]) => TAKEN.includes(name))),
  };
  return {
    request: { path: `/${searching.value}/subsequence`, query: {}, body },
    query: query.value,
    long: long.value,
  };
});

/** The request about the long series on the screen. */
export const searchRequest = computed(() => subject.value?.request);

const rowsOf = (series: Series): readonly (readonly number[])[] =>
  series.map((row) => (typeof row === 'number' ? [row] : row));

const asked = latest<Subject, Reply<{ matches: Match[] }>>(
  ({ request }, signal) => askLong(request, signal),
  (now, reply) => {
    if (now !== subject.peek()) return;
    problem.value = reply.ok ? undefined : reply.problem;
    if (!reply.ok) return;
    const radius = now.request.body.sakoe_chiba_radius as number | undefined;
    const curve = matchingCurve(rowsOf(now.query.values), rowsOf(now.long.values), radius);
    searchShown.value = { ...now, matches: reply.data.matches, curve, timing: reply.timing };
  },
  () => true,
);

const { askOnce, work, outdated } = longWork(asked, subject, searchShown);

/** The search, and how to give it up or repeat it. */
export const searchWork = work;

/** Whether the matches are those of another query or series than those selected now. */
export const searchOutdated = outdated;

/** The data sets of series that were fetched to be searched. */
const fetched = new WeakMap<Sample, unknown>();

/** Searches one series of the stored data set. */
export async function searchStored(index: number): Promise<void> {
  const set = datasetStored.peek();
  const series = set && (await storedSeries(set, index));
  if (!series || datasetStored.peek() !== set) return;
  fetched.set(series, set);
  batch(() => {
    longChosen.value = series;
    soughtPart.value = undefined;
    sought.value = undefined;
  });
}

/** Keeps the matches up to date while their view is open. */
export function keepSearchAnswered(): void {
  // A series of a data set gives way with it.
  let before: readonly unknown[] = [];
  effect(() => {
    const now = [...dataset.value, datasetStored.value];
    const [chosen, owner] = [longChosen.peek(), fetched.get(longChosen.peek() as Sample)];
    if (chosen && (before.includes(chosen) || (owner && owner !== datasetStored.value)) && !now.includes(chosen))
      longChosen.value = undefined;
    before = now;
  });
  // Of a data set that the page does not hold, the first series.
  effect(() => {
    const set = datasetStored.value;
    if (view.value === 'search' && set && dataset.value.length === 0 && !longChosen.value) void searchStored(0);
  });
  // Another long series: a part of it is looked for, unless something else was drawn.
  effect(() => {
    const { value: sample } = long;
    if (view.value !== 'search' || !sample) return;
    const [, to] = soughtPart.peek() ?? [0, 0];
    if ((sought.peek() === undefined && soughtPart.peek() === undefined) || to >= sample.values.length)
      soughtPart.value = firstPart(sample);
  });
  effect(() => {
    if (subject.value !== undefined && view.value === 'search')
      untracked(() => subject.value && askOnce(subject.value));
  });
}
