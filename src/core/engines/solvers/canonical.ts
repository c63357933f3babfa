import type { Poll } from '../../kernels/index.ts';
import { type Rows, type Svd, svd } from './svd.ts';

// Canonical correlation analysis with the scores of scikit-learn's CCA: columns are standardized (ddof 1), the weights of each component have
// length 1 in what the previous components left, and a component is removed by regression on its own scores.

/** Maps rows of d values to rows of scores. */
export type Transform = (rows: Rows) => Rows;

/** Maps two sets of rows, paired one to one, to `components` scores each, whose correlations are as large as possible. */
export function canonicalMaps(x: Rows, y: Rows, components: number, poll: Poll): [Transform, Transform] {
  const [a, b] = [standard(x), standard(y)];
  const maps: [Component[], Component[]] = [[], []];
  let [left, right] = [a.rows, b.rows];
  for (let k = 0; k < components; k++) {
    const pair = weights(left, right, poll);
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

/** Products summed between two polls: about a millisecond. */
const PRODUCTS = 300_000;

/** The directions of the largest correlation, of length 1 in the space that the rows span; undefined if nothing correlates. */
function weights(x: Rows, y: Rows, poll: Poll): [Float64Array, Float64Array] | undefined {
  const [p, q] = [basis(x, poll), basis(y, poll)];
  if (p.rank === 0 || q.rank === 0) return undefined;
  const between = new Float64Array(p.rank * q.rank);
  const pollEvery = Math.ceil(PRODUCTS / (p.rank * q.rank));
  for (let i = 0; i < x.n; i++) {
    if (i % pollEvery === 0) poll();
    for (let a = 0; a < p.rank; a++) {
      for (let b = 0; b < q.rank; b++) between[a * q.rank + b] += p.u[i * p.width + a] * q.u[i * q.width + b];
    }
  }
  const { u, s, vt } = svd({ data: between, n: p.rank, d: q.rank }, poll);
  if (s[0] < 1e-6) return undefined;
  const width = Math.min(p.rank, q.rank);
  return [direction(p, x.d, (a) => u[a * width]), direction(q, y.d, (b) => vt[b])];
}

interface Basis extends Svd {
  readonly rank: number;
}

function basis(rows: Rows, poll: Poll): Basis {
  const found = svd(rows, poll);
  // Columns have length sqrt(n - 1) at most: anything so much shorter is rounding error.
  const least = 1e-6 * Math.sqrt(rows.n);
  return { ...found, rank: found.s.filter((value) => value > least).length };
}

/** V S^-1 c, normalized: the smallest weights whose scores are U c. */
function direction({ s, vt, rank }: Basis, d: number, c: (a: number) => number): Float64Array {
  const out = new Float64Array(d);
  for (let a = 0; a < rank; a++) for (let k = 0; k < d; k++) out[k] += (vt[a * d + k] * c(a)) / s[a];
  const length = Math.sqrt(out.reduce((sum, value) => sum + value * value, 0));
  return out.map((value) => value / length);
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
