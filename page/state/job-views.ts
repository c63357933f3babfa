import type { Job } from '../../clients/typescript/jobs.ts';
import type { Sample } from '../data/series.ts';
import { dataset, datasetFrom, datasetOf, datasetStored, useStoredDataset } from './dataset.ts';
import type { Input, Inputs } from './job-inputs.ts';
import { neighborCount, useQuery } from './neighbors.ts';
import { longChosen, matchCount, sought, soughtPart } from './search.ts';
import { s1, s2, view } from './state.ts';

/** Chooses on the page what a job was asked, so that its result can be the answer. */
type Choose = (inputs: Inputs, body: Job['request']['body']) => void;

/** The operations whose results have a view of their own, by the end of their path. */
const VIEWS: Readonly<Partial<Record<string, { fits(inputs: Inputs, job: Job): boolean; choose: Choose }>>> = {
  '': {
    fits: (inputs) => first(inputs.s1) !== undefined && first(inputs.s2) !== undefined,
    choose(inputs) {
      view.value = 'pair';
      [s1.value, s2.value] = [first(inputs.s1), first(inputs.s2)];
    },
  },
  cdist: {
    fits: ({ dataset1, dataset2 }, { request }) =>
      (dataset1?.samples.length ?? 0) > 1 && !dataset2 && !request.query.grad,
    choose({ dataset1 }) {
      view.value = 'matrix';
      use(dataset1);
    },
  },
  neighbors: {
    fits: ({ queries, candidates }) => queries?.samples.length === 1 && holds(candidates),
    choose({ queries, candidates }, { k }) {
      view.value = 'neighbors';
      neighborCount.value = Number(k ?? 1);
      use(candidates);
      useQuery(first(queries) as Sample);
    },
  },
  subsequence: {
    fits: ({ query, series }) => first(query) !== undefined && first(series) !== undefined,
    choose({ query, series }, { k }) {
      view.value = 'search';
      matchCount.value = Number(k ?? 1);
      [longChosen.value, sought.value, soughtPart.value] = [first(series), first(query), undefined];
    },
  },
};

/** How the page is to be set up for the result of a job; undefined where no view shows such a result. */
export function viewOf(job: Job, inputs: Inputs): (() => void) | undefined {
  const { path, body } = job.request;
  const found = VIEWS[path.split('/')[2] ?? ''];
  return found?.fits(inputs, job) ? () => found.choose(inputs, body) : undefined;
}

const first = (input: Input | undefined): Sample | undefined => input?.samples[0];

/** A data set whose series the page has, or can ask for one by one. */
const holds = (input: Input | undefined): boolean => input !== undefined && (input.samples.length > 0 || !!input.set);

function use(input: Input | undefined): void {
  if (!input) return;
  if (input.set) {
    useStoredDataset(input.set, input.samples);
    return;
  }
  [datasetFrom.value, datasetStored.value, datasetOf.value] = [undefined, undefined, undefined];
  dataset.value = input.samples;
}
