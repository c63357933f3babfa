import { least } from './lanes';
import { afterDiagonal, afterLeft, afterUp, paid } from './recurrence';

/** R of two cells from the R of the cells that the three moves come from. */
// @ts-ignore: decorator
@inline
export function reduce<M>(fromDiagonal: v128, fromUp: v128, fromLeft: v128, step: v128, x: usize, y: usize, c: usize, t: usize): v128 {
  const recurrence = changetype<M>(0);
  // @ts-ignore: only some have it
  if (isDefined(recurrence.all)) return recurrence.all(fromDiagonal, fromUp, fromLeft, step, x, y, c, t);
  const diagonal = afterDiagonal<M>(fromDiagonal, step, x, y, c, t);
  const up = afterUp<M>(fromUp, step, x, y, c, t);
  const left = afterLeft<M>(fromLeft, step, x, y, c, t);
  return paid<M>(least(least(diagonal, up), left), step, x, y, c, t);
}
