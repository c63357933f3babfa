import { type AxisScale, axisBottom, axisLeft, axisRight } from 'd3-axis';
import { select } from 'd3-selection';
import { svg } from '../dom/dom.ts';

const sides = { bottom: axisBottom, left: axisLeft, right: axisRight };

/** An axis with its title, at `at`, `length` pixels long. About one tick every `every` pixels. */
export function axis(
  side: keyof typeof sides,
  scale: AxisScale<number>,
  title: string,
  { at: [x, y], length, every = 80 }: { at: readonly [number, number]; length: number; every?: number },
): SVGGElement {
  const group = svg('g', { class: 'axis', transform: `translate(${x},${y})` });
  const made = sides[side]<number>(scale)
    .ticks(Math.max(2, Math.round(length / every)))
    .tickSize(4)
    .tickPadding(5);
  select<SVGGElement, unknown>(group).call(made);
  for (const name of ['font-family', 'font-size', 'fill']) group.removeAttribute(name);
  const [low, high] = scale.range() as [number, number];
  const middle = (low + high) / 2;
  const place =
    side === 'bottom'
      ? { x: middle, y: 36 }
      : { transform: `translate(${side === 'left' ? -40 : 46},${middle}) rotate(-90)` };
  group.append(svg('text', { class: 'axis-title', ...place }, title));
  return group;
}
