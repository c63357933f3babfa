import { computed, signal } from '@preact/signals-core';
import { normalisedSample } from '../data/normalise.ts';
import { ownSample, type Sample } from '../data/series.ts';
import { sketchOf } from '../data/sketch.ts';
import { dataset, datasetStored } from './dataset.ts';
import { zNormalise } from './state.ts';

/** What is looked for in the data set; until something is drawn, a sketch of its first series. */
export const query = signal<Sample | undefined>(undefined);

/** Series shown behind a drawing, to tell what the data set is like: a few of it. */
export const ghosts = signal<readonly Sample[]>([]);

/** A longer drawing is no more exact. */
const MOST_STEPS = 300;

/** So many steps has a drawing: about as many as the series. */
export const drawnSteps = computed(() => {
  const lengths = ghosts.value.map(({ values }) => values.length);
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  return Math.min(MOST_STEPS, Math.max(8, Math.round(mean)));
});

/** The sketch that is looked for at first. */
export function sketch(): Sample | undefined {
  const [first] = ghosts.value;
  return first && ownSample(sketchOf(first.values, drawnSteps.value), 'sketch');
}

/** Whether the page has the series of the data set, and so can normalise them: those that stay in the store it cannot. */
export const normalisable = computed(() => datasetStored.value === undefined || dataset.value.length > 0);

/** The query as it is compared. */
export const usedQuery = computed(
  () => query.value && (zNormalise.value && normalisable.value ? normalisedSample(query.value) : query.value),
);
