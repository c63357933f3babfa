import { batch } from '@preact/signals-core';
import { alignedChannel } from './channel.ts';
import { dataset, datasetFrom, datasetOf, datasetStored } from './dataset.ts';
import { jobResult } from './job-result.ts';
import { neighborCount } from './neighbors.ts';
import { query } from './query.ts';
import { longChosen, matchCount, sought, soughtPart } from './search.ts';
import { be, exampleName, metricName, params, s1, s2, view, zNormalise } from './state.ts';

/** All that the user chose. */
const chosen = [
  view,
  zNormalise,
  metricName,
  be,
  params,
  alignedChannel,
  exampleName,
  s1,
  s2,
  dataset,
  datasetFrom,
  datasetOf,
  datasetStored,
  query,
  neighborCount,
  longChosen,
  sought,
  soughtPart,
  matchCount,
  jobResult,
] as const;

/** What the user chose, at one moment. */
export const snapshot = (): readonly unknown[] => chosen.map((one) => one.peek());

/** Brings back what was chosen. */
export function apply(kept: readonly unknown[]): void {
  batch(() => {
    for (const [k, one] of chosen.entries()) one.value = kept[k] as never;
  });
}

/** Makes an effect depend on all of it. */
export function watched(): void {
  for (const one of chosen) void one.value;
}
