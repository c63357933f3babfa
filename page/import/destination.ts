import { batch } from '@preact/signals-core';
import type { Found } from '../data/reading.ts';
import { channels, ownSample, type Sample } from '../data/series.ts';
import { MOST, useDataset } from '../state/dataset.ts';
import { s1, s2, view } from '../state/state.ts';

/** Where the series that were found go, and which of them. */
export interface Destination {
  readonly as: 'pair' | 'matrix' | 's1' | 's2' | 'halves';
  readonly first: number;
  readonly second: number;
}

/**
 * Where series go: two are a pair, more a data set; a single one joins another from the user that has as many channels, or else its halves
 * are the pair.
 *
 * @param replaced what is on the screen of the same files, as they were read before
 */
export function destinationOf(found: readonly Found[], replaced: readonly unknown[] = []): Destination {
  const [first, second] = [0, 1];
  if (found.length > 2 || (found.length === 2 && view.peek() !== 'pair')) return { as: 'matrix', first, second };
  if (found.length === 2) return { as: 'pair', first, second };
  const width = channels(found[0]?.values ?? []).length;
  const joins = (sample: Sample | undefined) =>
    sample !== undefined &&
    sample.from === undefined &&
    !sample.half &&
    !replaced.includes(sample) &&
    channels(sample.values).length === width;
  if (joins(s1.peek())) return { as: 's2', first, second };
  if (joins(s2.peek())) return { as: 's1', first, second };
  return { as: (found[0]?.values.length ?? 0) > 3 ? 'halves' : 's1', first, second };
}

/** Puts series where they go. */
export function settle(found: readonly Found[], { as, first, second }: Destination): void {
  const [one, other] = [found[first], found[second]];
  batch(() => {
    if (as !== 'matrix') view.value = 'pair';
    else if (view.peek() === 'pair' || view.peek() === 'stored') view.value = 'matrix';
    if (as === 'matrix') useDataset(found);
    else if (as === 'halves' && one) [s1.value, s2.value] = halves(one);
    else if (as === 'pair' && one && other) [s1.value, s2.value] = [sampleOf(one), sampleOf(other)];
    else if (one) (as === 's2' ? s2 : s1).value = sampleOf(one);
  });
}

/** What happened to them, in words. */
export function said(found: readonly Found[], { as, first, second }: Destination): string {
  const [one, other] = [found[first]?.name, found[second]?.name];
  switch (as) {
    case 'matrix':
      return found.length > MOST ? `the first ${MOST} of ${found.length} series` : `${found.length} series`;
    case 'pair':
      return `${found.length > 2 ? `${found.length} series, of them ` : ''}s1 ${one}, s2 ${other}`;
    case 'halves':
      return `1 series: s1 is its first half, s2 its second; drop another to compare`;
    default:
      return `${as} ${one}`;
  }
}

const sampleOf = ({ values, name = '', label, channels }: Found): Sample => ({
  ...ownSample(values, name),
  ...(label !== undefined && { label }),
  ...(channels && { channels }),
});

function halves(found: Found): [Sample, Sample] {
  const middle = Math.floor(found.values.length / 2);
  const part = (name: string, from: number, to?: number): Sample => ({
    ...sampleOf({
      ...found,
      values: found.values.slice(from, to) as typeof found.values,
      name: `${found.name}, ${name} half`,
    }),
    half: true,
  });
  return [part('first', 0, middle), part('second', middle)];
}
