import type { ScaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { svg } from '../dom/dom.ts';

export type Scale = ScaleLinear<number, number>;

/** The channels of a series as lines of one colour; the first is the strongest. Dots where steps are far apart. */
export function seriesLines(channels: readonly (readonly number[])[], x: Scale, y: Scale, name: string): SVGGElement {
  const path = line<number>(
    (_, i) => x(i),
    (value) => y(value),
  );
  const lines = channels.map((values, c) =>
    svg('path', { d: path(values) ?? '', class: 'line', 'stroke-opacity': c === 0 ? 1 : 0.45 }),
  );
  const [first] = channels;
  const apart = x(1) - x(0);
  const dots =
    apart < 9 ? [] : first.map((value, i) => svg('circle', { cx: x(i), cy: y(value), r: Math.min(3, apart / 4) }));
  return svg('g', { class: `series ${name}` }, ...lines, ...dots);
}
