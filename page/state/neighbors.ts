import { batch, computed, effect, signal, untracked } from '@preact/signals-core';
import type { StoredDataset } from '../../clients/typescript/jobs.ts';
import type { Sample } from '../data/series.ts';
import { latest } from '../service/latest.ts';
import type { Reply, Timing } from '../service/messages.ts';
import { dataset, datasetAsked, datasetStored, usedDataset } from './dataset.ts';
import { askLong } from './long.ts';
import { longWork } from './long-work.ts';
import { ghosts, query, sketch, usedQuery } from './query.ts';
import { chosenParams, type Metric, metric, problem, type Request, view } from './state.ts';
import { asked as asSent, storedSeries } from './stored.ts';

/** One of the series nearest to the query. */
export interface Neighbor {
  readonly index: number;
  readonly value: number;
  readonly sample: Sample;
}

/** The neighbours of a query, nearest first. */
export interface NeighborsShown {
  readonly request: Request;
  readonly query: Sample;
  readonly metric: Metric;
  readonly neighbors: readonly Neighbor[];
  /** Pairs whose value was computed, and those that lower bounds saved. */
  readonly computed: number;
  readonly pruned: number;
  readonly timing: Timing;
}

export const neighborsShown = signal<NeighborsShown | undefined>(undefined);
/** How many are asked for. */
export const neighborCount = signal(6);

interface Subject {
  readonly request: Request;
  readonly query: Sample;
  readonly metric: Metric;
  readonly series: readonly Sample[];
  readonly stored: StoredDataset | undefined;
}

const subject = computed<Subject | undefined>(() => {
  const stored = datasetStored.value;
  const count = stored?.count ?? usedDataset.value.length;
  if (!metric.value || !usedQuery.value || count === 0) return undefined;
  const path = `/${metric.value.name}/neighbors`;
  if (!metric.value.operations.some((operation) => operation.path === path)) return undefined;
  const body = {
    queries: [asSent(usedQuery.value)],
    candidates: datasetAsked.value,
    k: Math.min(neighborCount.value, count),
    ...chosenParams.value,
  };
  const request = { path, query: {}, body };
  return { request, query: usedQuery.value, metric: metric.value, series: usedDataset.value, stored };
});

/** The request about the query on the screen. */
export const neighborsRequest = computed(() => subject.value?.request);

type Found = { indices: number[][]; values: number[][]; computed: number; pruned: number };

const asked = latest<Subject, Reply<Found & { samples: readonly (Sample | undefined)[] }>>(
  async ({ request, series, stored }, signal) => {
    const reply = await askLong<Found>(request, signal);
    if (!reply.ok) return reply;
    const indices = reply.data.indices[0] ?? [];
    const fetched = indices.map(async (k) => series[k] ?? (stored && (await storedSeries(stored, k))));
    return { ...reply, data: { ...reply.data, samples: await Promise.all(fetched) } };
  },
  (now, reply) => {
    if (now !== subject.peek()) return;
    problem.value = reply.ok ? undefined : reply.problem;
    if (!reply.ok) return;
    const { indices, values, computed, pruned, samples } = reply.data;
    const neighbors = (indices[0] ?? []).flatMap((index, rank) => {
      const sample = samples[rank];
      return sample ? [{ index, value: values[0]?.[rank] as number, sample }] : [];
    });
    const { request, query, metric } = now;
    neighborsShown.value = { request, query, metric, neighbors, computed, pruned, timing: reply.timing };
  },
  () => true,
);

const { askOnce, work, outdated } = longWork(asked, subject, neighborsShown);

/** The request about the query, and how to give it up or repeat it. */
export const neighborsWork = work;

/** Whether the neighbours are those of another query, data set or metric than those selected now. */
export const neighborsOutdated = outdated;

/** So many series are shown behind a drawing. */
const GHOSTS = 8;

/** Keeps the neighbours up to date while their view is open. */
export function keepNeighborsAnswered(): void {
  effect(() => {
    if (subject.value !== undefined && view.value === 'neighbors')
      untracked(() => subject.value && askOnce(subject.value));
  });
  // Another data set: a few of its series are shown, and a sketch of the first is looked for.
  effect(() => {
    const [series, stored] = [dataset.value, datasetStored.value];
    if (view.value !== 'neighbors') return;
    if (series.length > 0) settle(spread(series.length).map((k) => series[k] as Sample));
    else if (stored) {
      void Promise.all(spread(stored.count).map((k) => storedSeries(stored, k))).then((found) => {
        if (datasetStored.peek() === stored) settle(found.filter((one) => one !== undefined));
      });
    }
  });
}

/** Indices of a few, evenly spaced. */
const spread = (count: number): number[] =>
  Array.from({ length: Math.min(GHOSTS, count) }, (_, k) => Math.floor((k * count) / Math.min(GHOSTS, count)));

/** A query that stays with the next data set. */
let staying: Sample | undefined;

/** Looks for a series, whatever data set is chosen with it. */
export function useQuery(sample: Sample): void {
  staying = sample;
  query.value = sample;
}

function settle(few: readonly Sample[]): void {
  if (ghosts.peek().length === few.length && few.every((one, k) => one === ghosts.peek()[k])) return;
  batch(() => {
    const first = ghosts.peek().length === 0 && query.peek() !== undefined;
    ghosts.value = few;
    // A query that came with the address or a job stays.
    if (!first && (staying === undefined || query.peek() !== staying)) query.value = sketch();
    staying = undefined;
  });
}
