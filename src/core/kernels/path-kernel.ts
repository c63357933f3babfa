import { type MoveCostsOf, moveRow } from './twin/moves/move-costs.ts';
import type { Band, Kernel, Pair, Poll, Within } from './types.ts';

/** Finds the best value and the cells of a path that attains it: i, j, i, j, ..., without any steps along the border before it. */
export interface PathFinder {
  value(pair: Pair, band: Band | undefined, poll: Poll): number;
  valueWithin?(pair: Pair, band: Band | undefined, within: Within, poll: Poll): number;
  path(pair: Pair, band: Band | undefined, poll: Poll): { value: number; path: Int32Array };
  /** The derivative of the costs along that path, without the path: undefined for pairs that it is not for. */
  gradient?(pair: Pair, band: Band | undefined, poll: Poll): ReturnType<Kernel['gradient']> | undefined;
}

/** A kernel for minima: gradient and alignment follow from the path. With `minimax`, a single cell of the path pays. */
export function pathKernel(find: PathFinder, costsOf: MoveCostsOf, minimax: boolean): Kernel {
  return {
    value: find.value,
    ...(find.valueWithin && { valueWithin: find.valueWithin }),
    path(pair, band, poll) {
      const { value, path } = find.path(pair, band, poll);
      return { value, path: fromOrigin(path) };
    },
    gradient(pair, band, poll) {
      const found = find.gradient?.(pair, band, poll);
      if (found) return found;
      const { value, path } = find.path(pair, band, poll);
      const s1 = new Float64Array(pair.s1.length);
      const s2 = new Float64Array(pair.s2.length);
      if (path.length > 0) (minimax ? largestAdjoint : pathAdjoint)(costsOf, pair, path, s1, s2);
      return { value, s1, s2 };
    },
    alignment(pair, band, poll) {
      const { value, path } = find.path(pair, band, poll);
      const alignment = new Float64Array(pair.n * pair.m);
      for (let at = 0; at < path.length; at += 2) alignment[path[at] * pair.m + path[at + 1]] = 1;
      return { value, alignment };
    },
  };
}

/** A path that enters over the border begins along the edge of the table, so that every path begins at (0, 0). */
function fromOrigin(path: Int32Array): Int32Array {
  const edge = path.length > 0 ? path[0] + path[1] : 0;
  if (edge === 0) return path;
  const whole = new Int32Array(path.length + 2 * edge);
  for (let k = 0; k < edge; k++) whole[2 * k + (path[1] === 0 ? 0 : 1)] = k;
  whole.set(path, 2 * edge);
  return whole;
}

/** Adds the derivatives of every move on the path, and of the border cell that it starts from. */
function pathAdjoint(
  costsOf: MoveCostsOf,
  pair: Pair,
  path: Int32Array,
  grad1: Float64Array,
  grad2: Float64Array,
): void {
  const costs = costsOf(pair);
  if (costs.alongPath) {
    costs.alongPath(path, grad1, grad2);
    return;
  }
  const { diagonal, up, left } = moveRow(pair.m);
  const share = { diagonal, up, left };
  let [fromI, fromJ] = entry(costsOf, pair, path[0], path[1]);
  if (fromI >= 0 || fromJ >= 0) {
    const border = { left: new Float64Array(pair.n), above: new Float64Array(pair.m) };
    if (fromI < 0) border.above[fromJ] = 1;
    else border.left[fromI] = 1;
    costs.borderAdjoint?.(border, grad1, grad2);
  }
  for (let at = 0; at < path.length; at += 2) {
    const i = path[at];
    const j = path[at + 1];
    diagonal[j] = i > fromI && j > fromJ ? 1 : 0;
    up[j] = i > fromI && j === fromJ ? 1 : 0;
    left[j] = i === fromI ? 1 : 0;
    costs.adjoint(i, j, j, share, grad1, grad2);
    fromI = i;
    fromJ = j;
  }
}

/** The cell outside the table from which the first cell of the path is best reached. */
function entry(costsOf: MoveCostsOf, pair: Pair, i: number, j: number): [number, number] {
  const { border, row } = costsOf(pair);
  if (border === undefined) return [i - 1, j - 1];
  const cost = moveRow(pair.m);
  row(i, j, j, cost);
  const outside = (a: number, b: number) => {
    if (a < 0 && b < 0) return 0;
    if (a < 0) return border.above[b];
    return b < 0 ? border.left[a] : Infinity;
  };
  const diagonal = outside(i - 1, j - 1) + cost.diagonal[j];
  const up = outside(i - 1, j) + cost.up[j];
  const left = outside(i, j - 1) + cost.left[j];
  if (diagonal <= up && diagonal <= left) return [i - 1, j - 1];
  return up <= left ? [i - 1, j] : [i, j - 1];
}

/** Adds the derivative of the first of the largest costs on the path. */
function largestAdjoint(
  costsOf: MoveCostsOf,
  pair: Pair,
  path: Int32Array,
  grad1: Float64Array,
  grad2: Float64Array,
): void {
  const costs = costsOf(pair);
  const cost = moveRow(pair.m);
  let largest = 0;
  let most = -Infinity;
  for (let at = 0; at < path.length; at += 2) {
    costs.row(path[at], path[at + 1], path[at + 1], cost);
    if (cost.diagonal[path[at + 1]] > most) {
      most = cost.diagonal[path[at + 1]];
      largest = at;
    }
  }
  const share = moveRow(pair.m);
  const j = path[largest + 1];
  share.diagonal[j] = 1;
  costs.adjoint(path[largest], j, j, share, grad1, grad2);
}
