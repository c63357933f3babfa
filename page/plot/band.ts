import type { Band } from '../../src/core/kernels/types.ts';
import { constraintBand } from '../../src/core/metric/band.ts';

type Constraint = Parameters<typeof constraintBand>[2];

/** The constraint of a request. */
export function constraintOf(body: Readonly<Record<string, unknown>>): Constraint {
  const { global_constraint = null, sakoe_chiba_radius = null, itakura_max_slope = null } = body;
  return { global_constraint, sakoe_chiba_radius, itakura_max_slope } as Constraint; // the service has accepted it
}

/** The cells that the constraint of a request allows; undefined if it allows all, or if the service rejects it. */
export function bandOf(n: number, m: number, body: Readonly<Record<string, unknown>>): Band | undefined {
  try {
    return constraintBand(n, m, constraintOf(body));
  } catch {
    return undefined; // the service has reported what is wrong with it
  }
}
