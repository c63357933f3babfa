import { computed, signal } from '@preact/signals-core';
import type { StoredDataset } from '../../clients/typescript/jobs.ts';
import type { Example } from '../data/examples.ts';
import { sampleOf } from '../data/examples.ts';
import type { Found } from '../data/reading.ts';
import { ownSample, type Sample } from '../data/series.ts';
import { asUsed, zNormalise } from './state.ts';

/** More series of one's own than this make a matrix that is unreadable, and a long request. */
export const MOST = 200;

/** The series of the data set on the page. */
export const dataset = signal<readonly Sample[]>([]);
/** The same series as used: z-normalised if selected. */
export const usedDataset = computed(() => dataset.value.map(asUsed.value));
/** The example they are from, or undefined. */
export const datasetFrom = signal<string | undefined>(undefined);
/** The stored data set they are from, or undefined. One that is too large for the page has no series here. */
export const datasetStored = signal<StoredDataset | undefined>(undefined);
/** How many series there were, if not all are used. */
export const datasetOf = signal<number | undefined>(undefined);

/** Whether the data set is a stored one that is too large for the page. */
export const isLarge = computed(() => datasetStored.value !== undefined && dataset.value.length === 0);

/** The data set as a request has it: the name of a stored one, otherwise its series. */
export const datasetAsked = computed<unknown>(() =>
  datasetStored.value && !(zNormalise.value && dataset.value.length > 0)
    ? datasetStored.value.name
    : usedDataset.value.map(({ values }) => values),
);

/** Uses series that were found in a file or text. */
export function useDataset(found: readonly Found[]): void {
  datasetFrom.value = undefined;
  datasetStored.value = undefined;
  datasetOf.value = found.length > MOST ? found.length : undefined;
  dataset.value = found.slice(0, MOST).map(({ values, name = '', label, channels }) => ({
    ...ownSample(values, name),
    ...(label !== undefined && { label }),
    ...(channels && { channels }),
  }));
}

/** Uses all series of an example. */
export function useExampleDataset(name: string, example: Example): void {
  datasetFrom.value = name;
  datasetStored.value = undefined;
  datasetOf.value = undefined;
  dataset.value = example.series.map((_, k) => sampleOf(example, name, k));
}

/** Uses a stored data set with its series, if they were fetched. */
export function useStoredDataset(stored: StoredDataset, series: readonly Sample[]): void {
  datasetFrom.value = undefined;
  datasetStored.value = stored;
  datasetOf.value = undefined;
  dataset.value = series;
}
