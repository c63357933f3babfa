import { svg } from '../dom/dom.ts';
import type { Scale } from './scale.ts';

/** Arrows this many pixels apart can be told from each other. */
const GAP = 6;

/**
 * Arrows on the points, showing how each would move to make the series more alike; of those that would overlap, only the
 * longest is drawn.
 *
 * @param slopes of the channels, as the values
 * @param length pixels down the page for one unit of the gradient: more than 0 goes against it, less than 0 along it
 */
export function arrows(
  channels: readonly { readonly c: number; readonly values: readonly number[] }[],
  slopes: readonly (readonly number[])[],
  x: Scale,
  y: Scale,
  length: number,
  name: string,
): SVGPathElement {
  const parts: string[] = [];
  const each = Math.max(1, Math.ceil(GAP / Math.abs(x(1) - x(0))));
  const [from, to] = x.domain();
  for (const { c, values } of channels) {
    const rises = slopes[c] ?? [];
    for (
      let start = Math.floor(Math.max(0, from) / each) * each;
      start <= Math.min(values.length - 1, to);
      start += each
    ) {
      let longest = start;
      for (let i = start; i < Math.min(values.length, start + each); i++) {
        if (Math.abs(rises[i] as number) > Math.abs(rises[longest] as number)) longest = i;
      }
      if (longest < from || longest > to) continue;
      parts.push(arrow(x(longest), y(values[longest] as number), (rises[longest] as number) * length));
    }
  }
  return svg('path', { d: parts.join(''), class: `arrows ${name}` });
}

function arrow(at: number, start: number, rise: number): string {
  if (!(Math.abs(rise) > 1)) return '';
  const end = start + rise;
  const head = Math.sign(rise) * Math.min(4, Math.abs(rise) / 2);
  return `M${f(at)} ${f(start)}V${f(end)}M${f(at - 2)} ${f(end - head)}L${f(at)} ${f(end)}L${f(at + 2)} ${f(end - head)}`;
}

const f = (pixels: number): string => pixels.toFixed(1);
