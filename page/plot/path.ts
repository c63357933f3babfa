/**
 * A line through points, as the `d` of a path, to a tenth of a pixel. A point that is not finite interrupts it.
 *
 * @param x, y where point k is
 */
export function pathOf(count: number, x: (k: number) => number, y: (k: number) => number): string {
  let d = '';
  let pen = false;
  for (let k = 0; k < count; k++) {
    const [across, down] = [x(k), y(k)];
    if (!Number.isFinite(across) || !Number.isFinite(down)) {
      pen = false;
      continue;
    }
    d += `${pen ? 'L' : 'M'}${tenth(across)} ${tenth(down)}`;
    pen = true;
  }
  return d;
}

/** A length to a tenth of a pixel, as short as it can be written. */
export const tenth = (pixels: number): number => Math.round(pixels * 10) / 10;
