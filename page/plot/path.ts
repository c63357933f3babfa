import { line } from 'd3-shape';

/**
 * A line through points, as the `d` of a path, to a tenth of a pixel. A point that is not finite interrupts it.
 *
 * @param x, y where point k is
 */
export function pathOf(count: number, x: (k: number) => number, y: (k: number) => number): string {
  const through = line<number>()
    .defined((k) => Number.isFinite(x(k)) && Number.isFinite(y(k)))
    .x((k) => x(k))
    .y((k) => y(k))
    .digits(1);
  return through(Array(count).keys()) ?? '';
}
