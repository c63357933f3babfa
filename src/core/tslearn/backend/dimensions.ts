import type { Shape } from './options.ts';

/** A shape as a fresh list of lengths. */
export const dimensions = (shape: Shape): number[] => (typeof shape === 'number' ? [shape] : [...shape]);

/** Axes as indices from 0; all axes if none is named. @throws RangeError for an axis out of bounds */
export function axesOf(axis: number | readonly number[] | null | undefined, ndim: number): number[] {
  if (axis === undefined || axis === null) return Array.from({ length: ndim }, (_, i) => i);
  return [axis].flat().map((i) => {
    if (!Number.isInteger(i) || i < -ndim || i >= ndim) {
      throw new RangeError(`axis ${i} is out of bounds for an array of ${ndim} dimensions`);
    }
    return i < 0 ? i + ndim : i;
  });
}

/** A shape with some axes of length 1. */
export const keptShape = (shape: readonly number[], axes: readonly number[]): number[] =>
  shape.map((length, i) => (axes.includes(i) ? 1 : length));

/** A shape without some axes. */
export const leftShape = (shape: readonly number[], axes: readonly number[]): number[] =>
  shape.filter((_, i) => !axes.includes(i));
