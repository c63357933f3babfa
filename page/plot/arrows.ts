import { svg } from '../dom/dom.ts';
import type { Scale } from './lines.ts';

/**
 * An arrow on each point, the way the point would move to lower the value: against the gradient.
 *
 * @param length pixels for one unit of the gradient
 */
export function arrows(
  channels: readonly (readonly number[])[],
  slopes: readonly (readonly number[])[],
  x: Scale,
  y: Scale,
  length: number,
  name: string,
): SVGPathElement {
  const parts: string[] = [];
  const crowded = x(1) - x(0) < 4; // heads would run into each other, and cost time while gamma moves
  channels.forEach((values, c) => {
    values.forEach((value, i) => {
      const rise = slopes[c][i] * length; // pixels grow downwards, values upwards: against the gradient is down the page
      if (!(Math.abs(rise) > 1)) return;
      const [at, from] = [x(i), y(value)];
      const to = from + rise;
      parts.push(`M${f(at)} ${f(from)}V${f(to)}`);
      if (crowded) return;
      const head = Math.sign(rise) * Math.min(4, Math.abs(rise) / 2);
      parts.push(`M${f(at - 2)} ${f(to - head)}L${f(at)} ${f(to)}L${f(at + 2)} ${f(to - head)}`);
    });
  });
  return svg('path', { d: parts.join(''), class: `arrows ${name}` });
}

const f = (pixels: number): string => pixels.toFixed(1);
