import * as np from 'numpy-ts';
import type { NumpyArray } from '../../input/arrays/array-like.ts';
import { flatOf } from '../../input/arrays/flat.ts';

// Canonical correlation analysis with the scores of scikit-learn's CCA: columns are standardized (ddof 1), the weights of each component have
// length 1 in what the previous components left, and a component is removed by regression on its own scores.

/** Rows of d values, flat. */
export interface Rows {
  readonly data: Float64Array;
  readonly n: number;
  readonly d: number;
}

/** Maps rows of d values to rows of scores. */
export type Transform = (rows: Rows) => Rows;

/** Maps two sets of rows, paired one to one, to `components` scores each, whose correlations are as large as possible. */
export function canonicalMaps(x: Rows, y: Rows, components: number): [Transform, Transform] {
  const [a, b] = [standard(x), standard(y)];
  const maps: [Component[], Component[]] = [[], []];
  let [left, right] = [a.rows, b.rows];
  for (let k = 0; k < components; k++) {
    const pair = weights(left, right);
    // Nothing correlates any more: the remaining components have scores of 0.
    if (pair === undefined) break;
    const [p, q] = [component(left, pair[0]), component(right, pair[1])];
    maps[0].push(p.map);
    maps[1].push(q.map);
    left = p.rest;
    right = q.rest;
  }
  return [scores(a, maps[0], components), scores(b, maps[1], components)];
}

interface Standard {
  readonly rows: Rows;
  readonly mean: Float64Array;
  readonly deviation: Float64Array;
}

function standard({ data, n, d }: Rows): Standard {
  const mean = new Float64Array(d);
  const deviation = new Float64Array(d);
  for (let at = 0; at < data.length; at++) mean[at % d] += data[at] / n;
  for (let at = 0; at < data.length; at++) deviation[at % d] += (data[at] - mean[at % d]) ** 2 / (n - 1);
  for (let k = 0; k < d; k++) {
    // A constant column becomes exactly 0; rounding could leave something of it.
    const constant = isConstant(data, d, k);
    if (constant) mean[k] = data[k];
    deviation[k] = constant ? 1 : Math.sqrt(deviation[k]);
  }
  const rows = { data: data.map((value, at) => (value - mean[at % d]) / deviation[at % d]), n, d };
  return { rows, mean, deviation };
}

function isConstant(data: Float64Array, d: number, k: number): boolean {
  for (let at = k; at < data.length; at += d) if (data[at] !== data[k]) return false;
  return true;
}

/** The directions of the largest correlation, of length 1 in the space that the rows span; undefined if nothing correlates. */
function weights(x: Rows, y: Rows): [Float64Array, Float64Array] | undefined {
  const [p, q] = [basis(x), basis(y)];
  if (p.rank === 0 || q.rank === 0) return undefined;
  const between = new Float64Array(p.rank * q.rank);
  for (let i = 0; i < x.n; i++) {
    for (let a = 0; a < p.rank; a++) {
      for (let b = 0; b < q.rank; b++) between[a * q.rank + b] += p.u[i * p.width + a] * q.u[i * q.width + b];
    }
  }
  const { u, s, vt } = svd({ data: between, n: p.rank, d: q.rank });
  if (s[0] < 1e-6) return undefined;
  const width = Math.min(p.rank, q.rank);
  return [direction(p, x.d, (a) => u[a * width]), direction(q, y.d, (b) => vt[b])];
}

interface Basis {
  readonly u: Float64Array;
  readonly s: Float64Array;
  readonly vt: Float64Array;
  readonly width: number;
  readonly rank: number;
}

function basis(rows: Rows): Basis {
  const { u, s, vt } = svd(rows);
  // Columns have length at most sqrt(n - 1); numpy-ts squares, so that what should be 0 comes out as up to 1e-8 of that.
  const least = 1e-6 * Math.sqrt(rows.n);
  return { u, s, vt, width: Math.min(rows.n, rows.d), rank: s.filter((value) => value > least).length };
}

/** V S^-1 c, normalized: the smallest weights whose scores are U c. */
function direction({ s, vt, rank }: Basis, d: number, c: (a: number) => number): Float64Array {
  const out = new Float64Array(d);
  for (let a = 0; a < rank; a++) for (let k = 0; k < d; k++) out[k] += (vt[a * d + k] * c(a)) / s[a];
  const length = Math.sqrt(out.reduce((sum, value) => sum + value * value, 0));
  return out.map((value) => value / length);
}

function svd({ data, n, d }: Rows) {
  // numpy-ts types the result as if it could be the singular values alone.
  const found = np.linalg.svd(np.array(data).reshape(n, d), false) as Record<'u' | 's' | 'vt', NumpyArray>;
  const numbers = (array: NumpyArray) => Float64Array.from(flatOf(array).data, Number);
  return { u: numbers(found.u), s: numbers(found.s), vt: numbers(found.vt) };
}

interface Component {
  readonly weights: Float64Array;
  /** The regression coefficient of each column on the scores. */
  readonly loadings: Float64Array;
}

/** Removes a component from the rows. */
function component(rows: Rows, direction: Float64Array): { map: Component; rest: Rows } {
  const { data, n, d } = rows;
  const score = scoresOf(rows, direction);
  const square = score.reduce((sum, value) => sum + value * value, 0);
  const loadings = new Float64Array(d);
  for (let at = 0; at < data.length; at++) loadings[at % d] += (data[at] * score[Math.floor(at / d)]) / square;
  return { map: { weights: direction, loadings }, rest: without(rows, score, loadings, n) };
}

const scoresOf = ({ data, n, d }: Rows, weights: Float64Array): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => weights.reduce((sum, w, k) => sum + w * data[i * d + k], 0));

const without = ({ data, d }: Rows, score: Float64Array, loadings: Float64Array, n: number): Rows => ({
  data: data.map((value, at) => value - score[Math.floor(at / d)] * loadings[at % d]),
  n,
  d,
});

function scores({ mean, deviation }: Standard, maps: readonly Component[], components: number): Transform {
  return ({ data, n, d }) => {
    let rest: Rows = { data: data.map((value, at) => (value - mean[at % d]) / deviation[at % d]), n, d };
    const out = new Float64Array(n * components);
    for (const [k, { weights, loadings }] of maps.entries()) {
      const score = scoresOf(rest, weights);
      for (let i = 0; i < n; i++) out[i * components + k] = score[i];
      rest = without(rest, score, loadings, n);
    }
    return { data: out, n, d: components };
  };
}
