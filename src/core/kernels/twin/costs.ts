import type { Local, Moves } from '../types.ts';
import { chebyshev } from './local/chebyshev.ts';
import { cityblock } from './local/cityblock.ts';
import { cosine } from './local/cosine.ts';
import { euclidean } from './local/euclidean.ts';
import { gak } from './local/gak.ts';
import type { LocalCost } from './local/local-cost.ts';
import { minkowski } from './local/minkowski.ts';
import { precomputed } from './local/precomputed.ts';
import { sqeuclidean } from './local/sqeuclidean.ts';
import { edr } from './moves/edr.ts';
import { erp } from './moves/erp.ts';
import type { MoveCostsOf } from './moves/moves.ts';
import { msm } from './moves/msm.ts';
import { twe } from './moves/twe.ts';
import { warp, weightedWarp } from './moves/warp.ts';

/** The loops for a local cost. */
export function localCost(local: Local): LocalCost {
  switch (local.cost) {
    case 'sqeuclidean':
      return sqeuclidean;
    case 'euclidean':
      return euclidean;
    case 'cityblock':
      return cityblock;
    case 'chebyshev':
      return chebyshev;
    case 'cosine':
      return cosine;
    case 'minkowski':
      return minkowski(local.p);
    case 'precomputed':
      return precomputed;
    case 'gak':
      return gak(local.sigma);
  }
}

/** The loops for the moves of a recurrence. */
export function moveCosts(moves: Moves): MoveCostsOf {
  switch (moves.kind) {
    case 'warp':
      return moves.g === undefined
        ? warp(localCost(moves.local), moves.penalty ?? 0)
        : weightedWarp(localCost(moves.local), moves.g);
    case 'erp':
      return erp(moves.g);
    case 'edr':
      return edr(moves.epsilon);
    case 'msm':
      return msm(moves.c, moves.independent);
    case 'twe':
      return twe(moves.nu, moves.lmbda);
  }
}
