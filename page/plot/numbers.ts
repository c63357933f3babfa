import { tickFormat } from 'd3-scale';

/** How the numbers along a scale are written, so that they are short and distinct. */
export interface Numbering {
  /** One of them. */
  text(value: number): string;
  /** What all of them omit, for the title: `× 10⁶`, `+ 1,000,000,000`; empty if they are complete. */
  readonly unit: string;
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const raised = (exponent: number): string =>
  `${exponent < 0 ? '⁻' : ''}${[...String(Math.abs(exponent))].map((digit) => RAISED[Number(digit)]).join('')}`;

/** The numbers of a scale with about the given number of ticks. */
export function numbering([low, high]: readonly [number, number], ticks: number): Numbering {
  const most = Math.max(Math.abs(low), Math.abs(high));
  const span = high - low;
  if (span > 0 && most / span > 1000) {
    const grain = 10 ** Math.ceil(Math.log10(span));
    const base = Math.round((low + high) / 2 / grain) * grain;
    const { text } = numbering([low - base, high - base], ticks);
    const sign = base < 0 ? '−' : '+';
    return { text: (value) => text(value - base), unit: `${sign} ${plain(Math.abs(base))}` };
  }
  const exponent = most > 0 ? 3 * Math.floor(Math.log10(most) / 3) : 0;
  const factor = most >= 1e5 || (most > 0 && most < 1e-3) ? 10 ** exponent : 1;
  // A single number has no step that would say how many decimals it needs.
  const format = tickFormat(low / factor, high / factor, ticks, span > 0 ? undefined : ',~r');
  return { text: (value) => format(value / factor), unit: factor === 1 ? '' : `× 10${raised(exponent)}` };
}

/** A whole number, with commas. */
export const whole = tickFormat(0, 1, 1, ',d');

const plain = (value: number): string => (value < 1e15 ? value.toLocaleString('en-GB') : value.toExponential());

/** A domain with a width: a constant is in its middle. */
export function widened([low, high]: readonly [number, number]): [number, number] {
  if (high > low) return [low, high];
  const by = Math.max(1, Math.abs(low) * 1e-9);
  return [low - by, high + by];
}
