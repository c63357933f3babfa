import { signal } from '@preact/signals-core';
import type { Example } from '../data/examples.ts';
import { sampleOf } from '../data/examples.ts';
import type { Found } from '../data/parse.ts';
import { ownSample, type Sample } from '../data/series.ts';

/** More series than this are a matrix that nobody reads, and a long request. */
const MOST = 200;

/** The series of the matrix view. */
export const dataset = signal<readonly Sample[]>([]);
/** The example they are from, or undefined where they are the user's own. */
export const datasetFrom = signal<string | undefined>(undefined);

/** Takes series that were found in a file or text. */
export function useDataset(found: readonly Found[], name: string): void {
  datasetFrom.value = undefined;
  dataset.value = found.slice(0, MOST).map(({ values, name: label }, k) => ownSample(values, `${label ?? name} ${k}`));
}

/** Takes all series of an example. */
export function useExampleDataset(name: string, example: Example): void {
  datasetFrom.value = name;
  dataset.value = example.series.map((_, k) => sampleOf(example, name, k));
}
