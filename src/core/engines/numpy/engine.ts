import type { Engine } from '../engine.ts';
import { recurrenceCost } from './cost.ts';
import { numpyCross } from './cross.ts';
import { numpyPairs, pairsTogether } from './pairs.ts';
import { solve } from './solve.ts';

/** Fused float64 kernels with analytic gradients. */
export const numpyEngine: Engine = {
  dtype: 'float64',
  summary: 'float64, analytic gradients',
  solve,
  cross: numpyCross,
  pairs: numpyPairs,
  together: pairsTogether,
  recurrenceCost,
  directCost: (own) => own,
};
