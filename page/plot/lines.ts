import type { ScaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { svg } from '../dom/dom.ts';

export type Scale = ScaleLinear<number, number>;

interface Channel {
  readonly c: number;
  readonly values: readonly number[];
}

/** The channels of a series as lines of one colour, told apart by their dashes. Dots where steps are far apart, or alone. */
export function seriesLines(channels: readonly Channel[], x: Scale, y: Scale, name: string): SVGGElement {
  const path = line<readonly [number, number]>(
    ([i]) => x(i),
    ([, value]) => y(value),
  );
  const lines = channels.map(({ c, values }) =>
    svg('path', { d: path(visible(values, x)) ?? '', class: `line channel-${c % 6}` }),
  );
  const apart = Math.abs(x(1) - x(0));
  const dots = channels.flatMap(({ values }) =>
    apart < 9 && values.length > 1
      ? []
      : visible(values, x).map(([i, value]) =>
          svg('circle', { cx: x(i), cy: y(value), r: values.length === 1 ? 5 : Math.min(3, apart / 4) }),
        ),
  );
  return svg('g', { class: `series ${name}` }, ...lines, ...dots);
}

/** The steps in the figure; if a pixel has several, the smallest and the largest. */
function visible(values: readonly number[], x: Scale): (readonly [i: number, value: number])[] {
  const [from, to] = x.domain() as [number, number];
  const first = Math.max(0, Math.floor(from) - 1);
  const last = Math.min(values.length - 1, Math.ceil(to) + 1);
  const [left, right] = x.range() as [number, number];
  const each = (last - first + 1) / Math.max(1, right - left);
  if (each < 4) {
    return Array.from({ length: last - first + 1 }, (_, k) => [first + k, values[first + k]] as const);
  }
  const points: [number, number][] = [];
  for (let start = first; start <= last; start += each) {
    const stop = Math.min(last + 1, Math.floor(start + each));
    let [low, high] = [Math.floor(start), Math.floor(start)];
    for (let i = Math.floor(start); i < stop; i++) {
      if (values[i] < values[low]) low = i;
      if (values[i] > values[high]) high = i;
    }
    const [a, b] = low < high ? [low, high] : [high, low];
    points.push([a, values[a]]);
    if (b !== a) points.push([b, values[b]]);
  }
  return points;
}
