import { svg } from '../dom/dom.ts';
import { pathOf } from './path.ts';
import type { Scale } from './scale.ts';

interface Channel {
  readonly c: number;
  readonly values: readonly number[];
}

/** The channels of a series as lines of one colour, told apart by their dashes. Dots where steps are far apart, or alone. */
export function seriesLines(channels: readonly Channel[], x: Scale, y: Scale, name: string): SVGGElement {
  const lines = channels.flatMap(({ c, values }) => {
    const steps = visible(values, x);
    return piecesOf(steps, c).map((piece) => {
      const d = pathOf(
        piece.length,
        (k) => x(piece[k]),
        (k) => y(values[piece[k]]),
      );
      return svg('path', { d, class: `line channel-${c % 6}${steps.length > PIECE ? ' dense' : ''}` });
    });
  });
  const apart = Math.abs(x(1) - x(0));
  const dots = channels.flatMap(({ values }) =>
    apart < 9 && values.length > 1
      ? []
      : Array.from(visible(values, x), (i) =>
          svg('circle', {
            cx: x(i),
            cy: y(values[i]),
            r: values.length === 1 ? 5 : Math.min(3, apart / 4),
          }),
        ),
  );
  return svg('g', { class: `series ${name}` }, ...lines, ...dots);
}

/** Steps of a piece of a long line: browsers draw by tiles, and try every piece in each. */
const PIECE = 256;

/** A long line in pieces, each of which begins where the one before ends. One with dashes is whole, or they would start over. */
function piecesOf(steps: Int32Array, c: number): Int32Array[] {
  if (steps.length <= PIECE || c % 6 > 0) return [steps];
  const count = Math.ceil((steps.length - 1) / PIECE);
  return Array.from({ length: count }, (_, k) => steps.subarray(k * PIECE, (k + 1) * PIECE + 1));
}

/** More steps than this per pixel cannot be told apart. */
const DENSE = 2;

/** The steps in the figure; if a pixel has several, those with the smallest and the largest value. */
export function visible(values: readonly number[], x: Scale): Int32Array {
  const [[from, to], [left, right]] = [x.domain(), x.range()];
  const first = Math.max(0, Math.floor(from) - 1);
  const last = Math.min(values.length - 1, Math.ceil(to) + 1);
  const count = Math.max(0, last - first + 1);
  const each = (to - from) / Math.max(1, right - left);
  if (each < DENSE) return Int32Array.from({ length: count }, (_, k) => first + k);
  const steps = new Int32Array(2 * Math.ceil(count / each) + 2);
  let kept = 0;
  // Pixels begin at the same steps wherever the figure begins, or the line would flicker when it is moved.
  for (let pixel = Math.floor(first / each); pixel * each <= last; pixel++) {
    const start = Math.max(first, Math.ceil(pixel * each));
    const stop = Math.min(last + 1, Math.ceil((pixel + 1) * each));
    if (start >= stop) continue;
    let [low, high] = [start, start];
    for (let i = start + 1; i < stop; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    steps[kept++] = Math.min(low, high);
    if (low !== high) steps[kept++] = Math.max(low, high);
  }
  return steps.subarray(0, kept);
}
