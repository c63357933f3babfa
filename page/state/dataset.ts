import { computed, signal } from '@preact/signals-core';
import type { Example } from '../data/examples.ts';
import { sampleOf } from '../data/examples.ts';
import type { Found } from '../data/reading.ts';
import { ownSample, type Sample } from '../data/series.ts';
import { asUsed } from './state.ts';

/** More series than this make a matrix that is unreadable, and a long request. */
export const MOST = 200;

/** The series of the matrix view. */
export const dataset = signal<readonly Sample[]>([]);
/** The same series as used: z-normalised if selected. */
export const usedDataset = computed(() => dataset.value.map(asUsed.value));
/** The example they are from, or undefined if they are the user's own. */
export const datasetFrom = signal<string | undefined>(undefined);
/** How many series there were, if not all are used. */
export const datasetOf = signal<number | undefined>(undefined);

/** Uses series that were found in a file or text. */
export function useDataset(found: readonly Found[]): void {
  datasetFrom.value = undefined;
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
  datasetOf.value = undefined;
  dataset.value = example.series.map((_, k) => sampleOf(example, name, k));
}
