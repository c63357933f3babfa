import { line } from 'd3-shape';

/**
 * A line through points, as the `d` of a path, to a tenth of a pixel. A point that is not finite interrupts it.
 *
 * @param x, y where point k is
 */
export function pathOf(count: number, x: (k: number) => number, y: (k: number) => number): string {
  const points = Array.from({ length: count }, (_, k): [number, number] => [x(k), y(k)]);
  return through(points) ?? '';
}

const through = line()
  .defined(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
  .digits(1);
