import type { Moves } from '../types.ts';
import { localCost } from './local-costs.ts';
import { edr } from './moves/edr.ts';
import { erp } from './moves/erp.ts';
import type { MoveCostsOf } from './moves/move-costs.ts';
import { msm } from './moves/msm.ts';
import { twe } from './moves/twe.ts';
import { warp, weightedWarp } from './moves/warp.ts';

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
