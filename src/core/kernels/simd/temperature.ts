import type { Pair } from '../types.ts';

/**
 * Gamma, or slightly more if a path's cost over gamma could overflow float64: by less than 1e-298 of the largest cost.
 * Infinity if the costs themselves overflow.
 */
export const temperatureOf = ({ s1, s2, n, m, d }: Pair, gamma: number): number =>
  heated(gamma, reachOf(s1) + reachOf(s2), d * (n + m));

/** The same from the reach of both series together, and from the number of their values. */
export const heated = (gamma: number, spread: number, values: number): number =>
  Math.max(gamma, spread * spread * 1e-300 * values);

/** The largest magnitude in a series. */
export function reachOf(s: Float64Array): number {
  let reach = 0;
  for (let at = 0; at < s.length; at++) reach = Math.max(reach, Math.abs(s[at]));
  return reach;
}
