import { constraintBand } from '../../src/core/band.ts';
import type { Band } from '../../src/core/kernels/types.ts';

/** The cells that the constraint of a request leaves; undefined where it leaves all, or where the service refuses it. */
export function bandOf(n: number, m: number, body: Readonly<Record<string, unknown>>): Band | undefined {
  const { global_constraint = null, sakoe_chiba_radius = null, itakura_max_slope = null } = body;
  try {
    return constraintBand(n, m, { global_constraint, sakoe_chiba_radius, itakura_max_slope } as Parameters<
      typeof constraintBand
    >[2]);
  } catch {
    return undefined; // the service has said what is wrong with it
  }
}
