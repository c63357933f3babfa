import { computed, signal } from '@preact/signals-core';
import { scaleLinear } from 'd3-scale';
import { channels, type Sample } from '../data/series.ts';
import { ghost, type Shown, shown } from '../state/state.ts';
import { roomFor } from './axes.ts';
import { widened } from './numbers.ts';
import { extentOf } from './raster.ts';
import type { Scale } from './scale.ts';

/** The part of the time axis that is drawn, from 0 to 1; all of it if undefined. */
export const zoom = signal<readonly [from: number, to: number] | undefined>(undefined);
/** The channels that are not drawn. */
export const hiddenChannels = signal<ReadonlySet<number>>(new Set());

/** Room for the longest arrow above and below, as a fraction of the height. */
export const ARROW = 0.07;

/** Pixels from tick to tick of a scale of values. */
export const EVERY = 45;

/** Lengths that differ by more than this factor get separate time scales. */
const APART = 4;

/** The layout: s1 above, s2 below. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** The time scales of s1 and s2; one and the same unless their lengths are far apart. */
  readonly x1: Scale;
  readonly x2: Scale;
  readonly y1: Scale;
  readonly y2: Scale;
  /** Where the scales of values stand. */
  readonly left: number;
  /** Whether each series has its own time scale. */
  readonly apart: boolean;
}

/** The channels of a sample that are drawn, with their numbers; the one that matches are of is always among them. */
export function drawn(sample: Sample): { readonly c: number; readonly values: readonly number[] }[] {
  const all = channels(sample.values).map((values, c) => ({ c, values }));
  const left = all.filter(({ c }) => !hiddenChannels.value.has(c) || c === shown.value?.channel);
  return left.length > 0 ? left : all.slice(0, 1);
}

/** The line that matches end at: of the channel that they are of, or else the first that is drawn. */
export const matchedLine = (sample: Sample, channel: number | undefined): readonly number[] =>
  (channel === undefined ? drawn(sample)[0]?.values : channels(sample.values)[channel]) ?? [];

/** The smallest and the largest value that is drawn of s1 with its ghost, and of s2: found once, not in every frame of a zoom. */
const extents = computed(() => {
  const of = (...samples: (Sample | undefined)[]) =>
    extentOf(samples.flatMap((sample) => (sample ? drawn(sample) : [])).flatMap(({ values }) => values));
  return [of(shown.value?.s1, ghost.value), of(shown.value?.s2)] as const;
});

/** Where what is shown is drawn. */
export function frameOf({ s1, s2 }: Shown, width: number): Frame {
  const height = Math.round(Math.min(520, Math.max(300, width * 0.44)));
  const [n, m] = [s1.values.length, s2.values.length];
  const apart = Math.max(n, m) > APART * Math.min(n, m) && Math.max(n, m) > 20;
  const top = ARROW * height + (apart ? 42 : 0);
  const bottom = height - 48 - ARROW * height;
  const tall = (bottom - top) * 0.455;
  // One scale of values, so that heights can be compared; unless one series would be flat in it.
  const [one, other] = extents.value;
  const both: [number, number] = [Math.min(one[0], other[0]), Math.max(one[1], other[1])];
  const flat = Math.min(...[one, other].map(([low, high]) => high - low)) < 0.02 * (both[1] - both[0]);
  const scale = (domain: [number, number], ends: [number, number]) => scaleLinear(widened(domain), ends).nice(4);
  const y1 = scale(flat ? one : both, [top + tall, top]);
  const y2 = scale(flat ? other : both, [bottom, bottom - tall]);
  const left = Math.max(roomFor(y1, EVERY), roomFor(y2, EVERY));
  const [from, to] = zoom.value ?? [0, 1];
  const time = (steps: number) => {
    const last = Math.max(1, steps - 1);
    return scaleLinear([from * last, to * last], [left + 8, width - 14]);
  };
  const x1 = time(apart ? n : Math.max(n, m));
  const x2 = apart ? time(m) : x1;
  return { width, height, x1, x2, y1, y2, left, apart };
}

/** Draws a part of the time axis; if undefined or nearly everything, all of it. */
export function zoomTo(from: number, to: number): void {
  const width = Math.max(1e-4, Math.min(1, to - from));
  const start = Math.min(1 - width, Math.max(0, from));
  zoom.value = width > 0.999 ? undefined : [start, start + width];
}

/** Zooms by a factor around a point, 0 to 1 along the time axis. */
export function zoomBy(factor: number, about = 0.5): void {
  const [from, to] = zoom.value ?? [0, 1];
  const fixed = from + about * (to - from);
  zoomTo(fixed - (fixed - from) * factor, fixed + (to - fixed) * factor);
}
