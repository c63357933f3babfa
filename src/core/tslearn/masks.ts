import { z } from 'zod';
import type { Band } from '../kernels/index.ts';
import { type Constraint, constraintBand, itakuraBand, sakoeChibaBand } from '../metric/band.ts';
import { constraintParams } from '../metric/constraints.ts';
import { checked } from '../metric/params.ts';

/** Which cells a path may use: sz1 rows of sz2. */
export type Mask = boolean[][];

const steps = z.int().min(1).max(1e6);

/** tslearn's `sakoe_chiba_mask(sz1, sz2, radius)`. @throws InvalidInput for an invalid size or radius */
export function sakoeChibaMask(sz1: number, sz2: number, radius = 1): Mask {
  checked(z.object({ sz1: steps, sz2: steps, radius: z.int().min(0) }), { sz1, sz2, radius }, 'sakoeChibaMask');
  return maskOf(sz1, sz2, sakoeChibaBand(sz1, sz2, radius));
}

/** tslearn's `itakura_mask(sz1, sz2, max_slope)`. @throws InvalidInput for an invalid size or slope, and if no path fits */
export function itakuraMask(sz1: number, sz2: number, max_slope = 2): Mask {
  checked(z.object({ sz1: steps, sz2: steps, max_slope: z.number().min(1) }), { sz1, sz2, max_slope }, 'itakuraMask');
  return maskOf(sz1, sz2, itakuraBand(sz1, sz2, max_slope));
}

/** tslearn's `compute_mask` for series of sz1 and sz2 steps; all true without a constraint. @throws InvalidInput as metrics do */
export function computeMask(sz1: number, sz2: number, constraint: Partial<Constraint> = {}): Mask {
  checked(z.object({ sz1: steps, sz2: steps }), { sz1, sz2 }, 'computeMask');
  return maskOf(
    sz1,
    sz2,
    constraintBand(sz1, sz2, checked(z.strictObject(constraintParams), constraint, 'computeMask')),
  );
}

function maskOf(n: number, m: number, band: Band | undefined): Mask {
  const { lo, hi } = band ?? { lo: new Int32Array(n), hi: new Int32Array(n).fill(m - 1) };
  return Array.from(lo, (from, i) => new Array<boolean>(m).fill(false).fill(true, from, hi[i] + 1));
}
