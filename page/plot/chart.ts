import { scaleLinear } from 'd3-scale';
import { svg } from '../dom/dom.ts';
import { axis, roomFor, unitOf } from './axes.ts';
import { figure } from './figure.ts';
import { widened } from './numbers.ts';
import { pathOf } from './path.ts';
import { extentOf } from './raster.ts';

const HEIGHT = 260;
/** Pixels from tick to tick. */
const EVERY = 45;

/** One line of a chart, and how the style sheet calls it. */
export interface Line {
  readonly values: ArrayLike<number> & Iterable<number>;
  readonly name: string;
}

/** Lines over the same steps, with their axes. */
export function chart(lines: readonly Line[], width: number, titles: { x: string; y: string }): SVGSVGElement {
  const steps = Math.max(0, ...lines.map(({ values }) => values.length));
  const y = scaleLinear(widened(extentOf(lines.flatMap(({ values }) => [...values]))), [HEIGHT - 46, 10]).nice(5);
  const left = roomFor(y, EVERY);
  const x = scaleLinear([0, Math.max(1, steps - 1)], [left + 6, width - 10]);
  return figure(
    width,
    HEIGHT,
    axis('bottom', x, titles.x, { at: [0, HEIGHT - 42], length: width - left - 16, whole: true }),
    axis('left', y, `${titles.y}${unitOf(y)}`, { at: [left, 0], length: HEIGHT - 56, every: EVERY }),
    ...lines.map(({ values, name }) =>
      svg('path', { class: `line ${name}`, d: pathOf(values.length, x, (t) => y(values[t] as number)) }),
    ),
  );
}
