import { candidates, stepOfRow, stride, values } from './batch';
import { least, zero } from './lanes';
import { costStride, costs } from './local-cost';
import { PENALTY } from './moves';
import { d, x as seriesX, xStride, yAt, yStride } from './table';

// Move-split-merge with dependent channels: a split costs PENALTY if the step lies in the ball between its two neighbours, otherwise that plus the squared distance
// from the nearer one. The cost jumps at the surface of the ball. So which side a step is on has to be decided from the same roundings everywhere: no multiply-adds, and
// channels are summed up in their order, as by the loops that define it.

/** The costs of moving up into a cell come this many bytes after those of the diagonal move; those of moving left as many after these. */
// @ts-ignore: decorator
@inline
export function toSplits(): usize {
  return 2 * costStride;
}

/** Fills the buffer of a batch for columns first..last of row i, or that of diagonals k and k + 1 for rows first..last and the rest of their block of eight. */
// @ts-ignore: decorator
@inline
export function fillSplits<P>(k: i32, first: i32, last: i32): void {
  // @ts-ignore: only some have it
  if (isDefined(changetype<P>(0).wavefront)) fillDiagonals<P>(k, first, last);
  else fillRow<P>(k, first, last);
}

function fillDiagonals<P>(k: i32, first: i32, last: i32): void {
  const end = costs + (<usize>(first + ((last - first + 8) & ~7)) << 3);
  let x = seriesX + (<usize>first << 3);
  let y = yAt(k) + (<usize>first << 3);
  for (let c = costs + (<usize>first << 3); c < end; c += 16, x += 16, y += 16) {
    // The second series is reversed.
    cell<P>(c, x, x - 8, y, y + 8, d, xStride, yStride);
    cell<P>(c + costStride, x, x - 8, y - 8, y, d, xStride, yStride);
  }
}

function fillRow<P>(i: i32, first: i32, last: i32): void {
  const lanes = changetype<P>(0);
  const x = stepOfRow<P>(i);
  const above = stepOfRow<P>(i - 1);
  let y = candidates + <usize>first * stride;
  for (let c = costs + (<usize>first << 6), end = costs + (<usize>(last + 1) << 6); c < end; c += 64, y += stride) {
    for (let vector: usize = 0; vector < 4; vector++) {
      const o = vector << 4;
      const apart = vector * lanes.apart;
      cell<P>(c + o, x + apart, above + apart, y + o, y + o - stride, values, lanes.width, 64);
    }
  }
}

/** The three costs of two cells, whose steps are at `x` and `y`, with the steps before at `xBefore` and `yBefore`; channels are `xStep` and `yStep` apart. */
// @ts-ignore: decorator
@inline
function cell<P>(c: usize, x: usize, xBefore: usize, y: usize, yBefore: usize, channels: i32, xStep: usize, yStep: usize): void {
  const lanes = changetype<P>(0);
  const half = f64x2.splat(0.5);
  let between = zero();
  let acrossX = zero();
  let acrossY = zero();
  let middleX = zero();
  let middleY = zero();
  let alongX = zero();
  let alongY = zero();
  for (let channel = 0; channel < channels; channel++, x += xStep, xBefore += xStep, y += yStep, yBefore += yStep) {
    const a = lanes.x(x);
    const b = lanes.x(xBefore);
    const p = v128.load(y);
    const q = v128.load(yBefore);
    between = plusSquare(between, f64x2.sub(a, p));
    alongX = plusSquare(alongX, f64x2.sub(b, a));
    alongY = plusSquare(alongY, f64x2.sub(q, p));
    acrossX = plusSquare(acrossX, f64x2.sub(b, p));
    acrossY = plusSquare(acrossY, f64x2.sub(q, a));
    middleX = plusSquare(middleX, f64x2.sub(f64x2.mul(f64x2.add(b, p), half), a));
    middleY = plusSquare(middleY, f64x2.sub(f64x2.mul(f64x2.add(q, a), half), p));
  }
  v128.store(c, between);
  v128.store(c + toSplits(), splitting(alongX, between, acrossX, middleX));
  v128.store(c + 2 * toSplits(), splitting(alongY, between, acrossY, middleY));
}

// @ts-ignore: decorator
@inline
function plusSquare(sum: v128, x: v128): v128 {
  return f64x2.add(sum, f64x2.mul(x, x));
}

/** PENALTY plus what is to be paid outside the ball: squared distances from one neighbour, from the other, between the two, and from their middle. */
// @ts-ignore: decorator
@inline
function splitting(toOne: v128, toOther: v128, across: v128, toMiddle: v128): v128 {
  const outside = f64x2.gt(toMiddle, f64x2.mul(across, f64x2.splat(0.25)));
  return f64x2.add(v128.load(PENALTY), v128.and(outside, least(toOne, toOther)));
}
