import type { Engine } from '../engines/engine.ts';
import { engines } from '../engines/engines.ts';
import type { TfjsEngine } from '../engines/tfjs/load.ts';
import type { BackendName } from '../input/arrays/backend-of.ts';
import type { SeriesShape } from '../input/dataset.ts';
import type { Grid, InGrids } from '../input/grid.ts';
import { transposed } from '../input/layout.ts';
import type { Gradient, Solution } from '../metric/problem.ts';

/** What a response says about its numbers. `engine`: only where several libraries can compute them. */
export interface ComputedBy {
  be: BackendName;
  dtype: Engine['dtype'];
  engine?: TfjsEngine;
}

/** What a response of a backend says about its numbers. */
export function computedBy(be: BackendName): ComputedBy {
  const { dtype, library } = engines[be];
  return library === undefined ? { be, dtype } : { be, dtype, engine: library() };
}

/** Numbers in the shape of the series they belong to. */
export type Shaped = number[] | number[][];

/** A response for JSON. */
export interface Evaluation extends ComputedBy {
  value: number;
  /** `s2`: unless costs were precomputed. `gamma` or `sigma`: if it smooths the metric. */
  gradient?: { s1: Shaped; s2?: Shaped; gamma?: number; sigma?: number };
  path?: [number, number][];
  alignment?: number[][];
  /** By how many steps s2 is shifted later to match s1: one number, or one per channel if the series are given in rows. */
  shift?: number | number[];
}

/** A solution as a response: gradients in the shapes of the inputs (trimmed steps have gradient 0), the path as index pairs. */
export function present(solution: Solution, s1: SeriesShape, s2: SeriesShape, be: BackendName): InGrids<Evaluation> {
  const { value, gradient, path, alignment, also } = solution;
  // Not spread: most responses have none of the others.
  const { dtype, engine } = computedBy(be);
  const found: InGrids<Evaluation> = engine === undefined ? { value, be, dtype } : { value, be, dtype, engine };
  if (also) Object.assign(found, also);
  if (gradient) found.gradient = gradientIn(gradient, s1, s2);
  if (path) found.path = { data: path, shape: [path.length / 2, 2] };
  if (alignment) found.alignment = { data: alignment, shape: [s1.n, s2.n] };
  return found;
}

/** Steps without values, from precomputed costs, have no gradient. */
function gradientIn(
  { s1: g1, s2: g2, ...parameters }: Gradient,
  s1: SeriesShape,
  s2: SeriesShape,
): InGrids<NonNullable<Evaluation['gradient']>> {
  return { s1: shaped(g1, s1), ...(s2.d > 0 && { s2: shaped(g2, s2) }), ...parameters };
}

/** A flat, time-major array in the shape and layout of a series, with 0 for trimmed steps. */
export function shaped(flat: Float64Array, { d, sz, ndim, layout }: SeriesShape): Grid {
  const full = new Float64Array(sz * d);
  full.set(flat);
  if (layout === 'channels_first') return { data: transposed(full, sz, d), shape: [d, sz] };
  return { data: full, shape: ndim === 1 ? [sz] : [sz, d] };
}

/** A flat path as index pairs. */
export const pairs = (path: Int32Array): [number, number][] =>
  Array.from({ length: path.length / 2 }, (_, at) => [path[2 * at], path[2 * at + 1]]);
