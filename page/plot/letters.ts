import { normalQuantile } from '../../src/core/engines/solvers/normal-quantile.ts';
import { svg } from '../dom/dom.ts';
import type { Shown } from '../state/state.ts';
import type { Scale } from './scale.ts';

/** The SAX letters over one channel: each segment's mean as a bar with its letter. Undefined if the request has none. */
export function letters(
  values: readonly number[],
  { body }: Shown['request'],
  x: Scale,
  y: Scale,
  name: string,
): SVGGElement | undefined {
  const { n_segments, alphabet_size_avg = 4, breakpoints_avg } = body as Record<string, never>;
  if (breakpoints_avg) return undefined; // the series already consist of letters
  const n = values.length;
  const segments = Number(n_segments ?? Math.min(10, n));
  if (segments > n || segments > 200) return undefined;
  const symbols = Number(alphabet_size_avg);
  const borders = Array.from({ length: symbols - 1 }, (_, k) => normalQuantile((k + 1) / symbols));
  const parts = Array.from({ length: segments }, (_, t) => {
    const [from, to] = [(t * n) / segments, ((t + 1) * n) / segments];
    const mean = meanOf(values, from, to);
    const symbol = borders.filter((border) => mean >= border).length;
    const [left, right] = [x(from - 0.5), x(to - 0.5)];
    return svg(
      'g',
      {},
      svg('line', { x1: left + 1, x2: right - 1, y1: y(mean), y2: y(mean) }),
      svg('text', { x: (left + right) / 2, y: y(mean) - 7 }, letterOf(symbol)),
    );
  });
  return svg('g', { class: `letters ${name}` }, ...parts);
}

/** The mean from one point to another; a partial step counts in proportion. */
function meanOf(values: readonly number[], from: number, to: number): number {
  let sum = 0;
  for (let i = Math.floor(from); i < to - 1e-9; i++) {
    sum += (Math.min(to, i + 1) - Math.max(from, i)) * values[i];
  }
  return sum / (to - from);
}

const letterOf = (symbol: number): string => (symbol < 26 ? String.fromCharCode(97 + symbol) : String(symbol));
