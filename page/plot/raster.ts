import type { Band } from '../../src/core/kernels/types.ts';
import type { Matrix } from '../data/matrix.ts';
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

/** Cells of a table that is there as a whole, row by row: its very values where all of them are drawn. */
export function gridIn({ rows, columns, values }: Matrix): Grid {
  if (rows <= LIMIT && columns <= LIMIT) return { n: rows, m: columns, height: rows, width: columns, values };
  return gridOf(rows, columns, (i, j) => values[i * columns + j]);
}

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
  const pixels = new Uint32Array(image.data.buffer);
  const [inside, outside] = [pixelsOf(map, root, 255), pixelsOf(map, root, 48)];
  const scale = high > low ? SHADES / (high - low) : 0;
  for (let y = 0, at = 0; y < height; y++) {
    const i = Math.floor((y * n) / height);
    const from = band ? (band.lo[i] * width) / m : 0;
    const to = band ? (band.hi[i] * width) / m : width;
    for (let x = 0; x < width; x++, at++) {
      const shade = (values[at] - low) * scale;
      // NaN is not drawn.
      if (shade >= 0 || shade < 0)
        pixels[at] = (x < from || x > to ? outside : inside)[shade > 0 ? Math.min(SHADES, shade) | 0 : 0];
    }
  }
  context.putImageData(image, 0, 0);
}

/** So many steps from the first colour to the last: enough to follow a square root near 0. */
const SHADES = 1 << 14;
const made = new Map<ColourMap, Map<string, Uint32Array>>();

/** The colour of each shade as a pixel, made once. */
function pixelsOf(map: ColourMap, root: boolean, alpha: number): Uint32Array {
  const known = made.get(map) ?? new Map<string, Uint32Array>();
  made.set(map, known);
  const name = `${root} ${alpha}`;
  const found =
    known.get(name) ?? Uint32Array.from({ length: SHADES + 1 }, (_, shade) => pixel(map, root, alpha, shade));
  known.set(name, found);
  return found;
}

/** Its bytes are red, green, blue and alpha; machines that run browsers have the lowest first. */
function pixel(map: ColourMap, root: boolean, alpha: number, shade: number): number {
  const t = shade / SHADES;
  const k = 3 * Math.round(255 * (root ? Math.sqrt(t) : t));
  return (map[k] | (map[k + 1] << 8) | (map[k + 2] << 16) | (alpha << 24)) >>> 0;
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
