import type { Band } from '../../src/core/kernels/types.ts';
import type { ColourMap } from './colours.ts';

/** Which value gets which colour: `low` the first of the map, `high` the last. */
export interface Shading {
  readonly map: ColourMap;
  readonly low: number;
  readonly high: number;
  /** Whether colours follow the square root, so that small values are told apart. */
  readonly root?: boolean;
}

/** An image of an n x m table: every cell of it, or evenly spaced ones of a larger table. */
export interface Grid {
  readonly n: number;
  readonly m: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** The largest number of pixels of a side of an image. */
const LIMIT = 1000;

/** Cells of the n x m table that `cell` gives. */
export function gridOf(n: number, m: number, cell: (i: number, j: number) => number): Grid {
  const height = Math.min(n, LIMIT);
  const width = Math.min(m, LIMIT);
  const values = new Float64Array(height * width);
  for (let y = 0, at = 0; y < height; y++) {
    const i = Math.floor((y * n) / height);
    for (let x = 0; x < width; x++) values[at++] = cell(i, Math.floor((x * m) / width));
  }
  return { n, m, height, width, values };
}

/** Draws a grid on a canvas, one pixel per cell; the style sheet stretches it. Cells outside the band are faint. */
export function drawRaster(canvas: HTMLCanvasElement, grid: Grid, shading: Shading, band?: Band): void {
  const { n, m, height, width, values } = grid;
  const { map, low, high, root = false } = shading;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  const image = context.createImageData(width, height);
  const { data } = image;
  const scale = high > low ? 1 / (high - low) : 0;
  for (let y = 0, at = 0; y < height; y++) {
    const i = Math.floor((y * n) / height);
    const from = band ? (band.lo[i] * width) / m : 0;
    const to = band ? (band.hi[i] * width) / m : width;
    for (let x = 0; x < width; x++, at++) {
      const t = Math.min(1, Math.max(0, (values[at] - low) * scale));
      const k = 3 * Math.round(255 * (root ? Math.sqrt(t) : t));
      data[4 * at] = map[k];
      data[4 * at + 1] = map[k + 1];
      data[4 * at + 2] = map[k + 2];
      data[4 * at + 3] = Number.isNaN(t) ? 0 : x < from || x > to ? 48 : 255;
    }
  }
  context.putImageData(image, 0, 0);
}

/** The smallest and the largest of the finite values. */
export function extentOf(values: Iterable<number>): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}
