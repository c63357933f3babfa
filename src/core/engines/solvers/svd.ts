import type { Poll } from '../../kernels/index.ts';

/** Rows of d values, flat. */
export interface Rows {
  readonly data: Float64Array;
  readonly n: number;
  readonly d: number;
}

/** a = u diag(s) vt, with s decreasing: u is n x width, vt is width x d, and width is min(n, d). */
export interface Svd {
  readonly u: Float64Array;
  readonly s: Float64Array;
  readonly vt: Float64Array;
  readonly width: number;
}

/** Columns are rotated until the angle between any two deviates from a right angle by at most this. */
const TOLERANCE = 1e-15;
const MOST_ROUNDS = 60;

/** Numbers copied between two polls: about a millisecond. */
const NUMBERS = 100_000;

/**
 * The thin singular value decomposition of rows, by rotating pairs of columns until all are orthogonal (one-sided Jacobi: Hestenes, 1958; the
 * angles are Golub and Van Loan's, 8.6.3). Accurate to rounding even for small singular values, in O(n d^2) per round.
 */
export function svd(rows: Rows, poll: Poll): Svd {
  if (rows.n < rows.d) {
    const { u, s, vt, width } = svd(transposed(rows, poll), poll);
    return {
      u: transposed({ data: vt, n: width, d: rows.n }, poll).data,
      s,
      vt: transposed({ data: u, n: rows.d, d: width }, poll).data,
      width,
    };
  }
  const { n, d } = rows;
  // Columns as rows, so that each is contiguous.
  const columns = transposed(rows, poll).data;
  const turned = new Float64Array(d * d);
  for (let k = 0; k < d; k++) turned[k * d + k] = 1;
  for (let round = 0, turns = 1; turns > 0 && round < MOST_ROUNDS; round++) {
    turns = 0;
    for (let p = 0; p < d - 1; p++) {
      for (let q = p + 1; q < d; q++) {
        poll();
        if (!makeOrthogonal(columns, turned, n, d, p, q)) turns++;
      }
    }
  }
  return sorted(columns, turned, n, d);
}

/** Rotates columns p and q so that they are orthogonal. @returns whether they already were */
function makeOrthogonal(
  columns: Float64Array,
  turned: Float64Array,
  n: number,
  d: number,
  p: number,
  q: number,
): boolean {
  let [pp, qq, pq] = [0, 0, 0];
  for (let i = 0, a = p * n, b = q * n; i < n; i++, a++, b++) {
    pp += columns[a] * columns[a];
    qq += columns[b] * columns[b];
    pq += columns[a] * columns[b];
  }
  if (pq === 0 || Math.abs(pq) <= TOLERANCE * Math.sqrt(pp * qq)) return true;
  const zeta = (qq - pp) / (2 * pq);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cos = 1 / Math.hypot(1, t);
  turn(columns, p * n, q * n, n, cos, cos * t);
  turn(turned, p * d, q * d, d, cos, cos * t);
  return false;
}

function turn(x: Float64Array, a: number, b: number, size: number, cos: number, sin: number): void {
  for (let i = 0; i < size; i++, a++, b++) {
    const [first, second] = [x[a], x[b]];
    x[a] = cos * first - sin * second;
    x[b] = sin * first + cos * second;
  }
}

/** Columns normalized to length 1, the longest first; a zero column stays zero. */
function sorted(columns: Float64Array, turned: Float64Array, n: number, d: number): Svd {
  const lengths = Float64Array.from({ length: d }, (_, k) => lengthOf(columns.subarray(k * n, (k + 1) * n)));
  const order = Array.from(lengths.keys()).sort((a, b) => lengths[b] - lengths[a]);
  const u = new Float64Array(n * d);
  const vt = new Float64Array(d * d);
  for (const [to, from] of order.entries()) {
    const length = lengths[from];
    for (let i = 0; i < n; i++) u[i * d + to] = length > 0 ? columns[from * n + i] / length : 0;
    vt.set(turned.subarray(from * d, (from + 1) * d), to * d);
  }
  return { u, s: Float64Array.from(order, (k) => lengths[k]), vt, width: d };
}

function lengthOf(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * x[i];
  return Math.sqrt(sum);
}

function transposed({ data, n, d }: Rows, poll: Poll): Rows {
  const out = new Float64Array(n * d);
  const pollEvery = Math.ceil(NUMBERS / d);
  for (let i = 0; i < n; i++) {
    if (i % pollEvery === 0) poll();
    for (let k = 0; k < d; k++) out[k * n + i] = data[i * d + k];
  }
  return { data: out, n: d, d: n };
}
