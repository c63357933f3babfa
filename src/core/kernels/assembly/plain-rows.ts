import { areAlike, candidates, fillLanes, finalColumn, firstColumn, isBanded, rows, stepOfRow, stride, table } from './batch';
import { twoToMinus } from './exp2';
import { most, zero } from './lanes';
import { costs } from './local-cost';
import { paid, prepare } from './recurrence';

// The soft minimum of a batch where Z = exp(-R / gamma) is within the range of float64 wherever it matters, without exponents of its own: half of the work. Powers of
// two are exact, so the values are those of soft-rows.ts, bit by bit.

/** Z of a row: of column j at z + 64 (j + 1). */
let z: usize = 0;

export function placePlainRow(at: usize): void {
  z = at;
}

/**
 * How large the power of two of a path of n + m steps may be: Z of the last cell is then so far above what underflows that it makes no difference, and nothing
 * overflows. With every step, the number of paths grows by 1 + sqrt(2) at most.
 */
// @ts-ignore: decorator
@inline
export function largestPower(steps: i32): f64 {
  return 800 - 1.2716 * <f64>steps;
}

/** Whether the straight path of every lane, which no sum over paths is less than, is short enough for this. */
// @ts-ignore: decorator
@inline
export function isNear<M, P>(scale: f64): bool {
  const recurrence = changetype<M>(0);
  const lanes = changetype<P>(0);
  const m = finalColumn(rows - 1) + 1;
  const limit = largestPower(rows + m);
  // Paths of others are not compared: the shorter ones end elsewhere, and a band may not have the straight one.
  if (!areAlike() || limit <= 0 || (isBanded() && rows != m)) return false;
  let sum0 = zero();
  let sum1 = zero();
  let sum2 = zero();
  let sum3 = zero();
  for (let k = 0, steps = max(rows, m); k < steps; k++) {
    const i = min(k, rows - 1);
    const j = min(k, m - 1);
    prepare<M>(i, j, j);
    const x = stepOfRow<P>(i);
    const y = candidates + <usize>j * stride;
    const c = costs + (<usize>j << 6);
    const t = table + (<usize>(j - i) << 6);
    sum0 = paid<M>(sum0, recurrence.load(x), x, y, c, t);
    sum1 = paid<M>(sum1, recurrence.load(x + lanes.apart), x + lanes.apart, y + 16, c + 16, t + 16);
    sum2 = paid<M>(sum2, recurrence.load(x + 2 * lanes.apart), x + 2 * lanes.apart, y + 32, c + 32, t + 32);
    sum3 = paid<M>(sum3, recurrence.load(x + 3 * lanes.apart), x + 3 * lanes.apart, y + 48, c + 48, t + 48);
  }
  const largest = most(most(sum0, sum1), most(sum2, sum3));
  return max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1)) * scale < limit;
}

/** Computes rows begin..end - 1. */
// @ts-ignore: decorator
@inline
export function plainRows<M, P>(begin: i32, end: i32, scale: f64): void {
  const recurrence = changetype<M>(0);
  const lanes = changetype<P>(0);
  const toPower = f64x2.splat(scale);
  const yStep = stride;
  if (begin == 0) {
    fillLanes(z, 1, f64x2.splat(1));
    fillLanes(z + 64, finalColumn(0) + 1, zero());
  }
  for (let i = begin; i < end; i++) {
    const first = firstColumn(i);
    const last = finalColumn(i);
    if (i > 0) {
      const above = finalColumn(i - 1);
      if (last > above) fillLanes(z + (<usize>(above + 2) << 6), last - above, zero());
    }
    prepare<M>(i, first, last);
    const x = stepOfRow<P>(i);
    const s0 = recurrence.load(x);
    const s1 = lanes.apart ? recurrence.load(x + lanes.apart) : s0;
    const s2 = lanes.apart ? recurrence.load(x + 2 * lanes.apart) : s0;
    const s3 = lanes.apart ? recurrence.load(x + 3 * lanes.apart) : s0;
    let r = z + (<usize>first << 6);
    let d0 = v128.load(r);
    let d1 = v128.load(r, 16);
    let d2 = v128.load(r, 32);
    let d3 = v128.load(r, 48);
    let l0 = zero();
    let l1 = zero();
    let l2 = zero();
    let l3 = zero();
    fillLanes(r, 1, l0);
    let y = candidates + <usize>first * yStep;
    let c = costs + (<usize>first << 6);
    let t = table + (<usize>(first - i) << 6);
    for (const stop = z + (<usize>(last + 1) << 6); r < stop; r += 64, y += yStep, c += 64, t += 64) {
      const u0 = v128.load(r, 64);
      const u1 = v128.load(r, 80);
      l0 = cell(u0, l0, d0, f64x2.mul(paid<M>(zero(), s0, x, y, c, t), toPower));
      l1 = cell(u1, l1, d1, f64x2.mul(paid<M>(zero(), s1, x + lanes.apart, y + 16, c + 16, t + 16), toPower));
      v128.store(r, l0, 64);
      v128.store(r, l1, 80);
      d0 = u0;
      d1 = u1;
      const u2 = v128.load(r, 96);
      const u3 = v128.load(r, 112);
      l2 = cell(u2, l2, d2, f64x2.mul(paid<M>(zero(), s2, x + 2 * lanes.apart, y + 32, c + 32, t + 32), toPower));
      l3 = cell(u3, l3, d3, f64x2.mul(paid<M>(zero(), s3, x + 3 * lanes.apart, y + 48, c + 48, t + 48), toPower));
      v128.store(r, l2, 96);
      v128.store(r, l3, 112);
      d2 = u2;
      d3 = u3;
    }
  }
}

/** Z of a cell whose cost is `power` in powers of two, from Z above, to the left and in the diagonal. */
// @ts-ignore: decorator
@inline
function cell(up: v128, left: v128, diagonal: v128, power: v128): v128 {
  return f64x2.mul(f64x2.add(f64x2.add(up, left), diagonal), twoToMinus(power));
}
