import type * as tf from '@tensorflow/tfjs';
import type { Moves } from '../../kernels/index.ts';
import { loadTf } from './load.ts';
import { localCosts } from './local-cost.ts';
import { root } from './powers.ts';

/** The costs of the three moves into each cell, (n, m) each, and, if the moves have a border of their own, R[i,-1] and R[-1,j]. */
export interface MoveTensors {
  readonly diagonal: tf.Tensor2D;
  readonly up: tf.Tensor2D;
  readonly left: tf.Tensor2D;
  readonly border?: { readonly left: tf.Tensor1D; readonly above: tf.Tensor1D };
}

/** The costs of the moves for series of shapes (n, d) and (m, d), on the tape. */
export function moveTensors(moves: Moves, s1: tf.Tensor2D, s2: tf.Tensor2D): MoveTensors {
  switch (moves.kind) {
    case 'warp':
      return warp(moves, s1, s2);
    case 'erp':
      return erp(moves.g, s1, s2);
    case 'edr':
      return edr(moves.epsilon, s1, s2);
    case 'msm':
      return msm(moves, s1, s2);
    case 'twe':
      return twe(moves, s1, s2);
  }
}

function warp(
  { local, penalty = 0, g }: Extract<Moves, { kind: 'warp' }>,
  s1: tf.Tensor2D,
  s2: tf.Tensor2D,
): MoveTensors {
  const cost = localCosts(local, s1, s2);
  const diagonal = g === undefined ? cost : (cost.mul(timeWeights(cost.shape, g)) as tf.Tensor2D);
  const warped = penalty === 0 ? diagonal : (diagonal.add(penalty) as tf.Tensor2D);
  return { diagonal, up: warped, left: warped };
}

function timeWeights([n, m]: [number, number], g: number): tf.Tensor2D {
  const half = Math.max(n, m) / 2;
  const weight = (at: number) => 1 / (1 + Math.exp(-g * (Math.abs(Math.floor(at / m) - (at % m)) - half)));
  return loadTf().tensor2d(
    Float32Array.from({ length: n * m }, (_, at) => weight(at)),
    [n, m],
  );
}

function erp(g: readonly number[], s1: tf.Tensor2D, s2: tf.Tensor2D): MoveTensors {
  const tf = loadTf();
  const [n, m] = [s1.shape[0], s2.shape[0]];
  const gaps = (s: tf.Tensor2D) =>
    root(
      s
        .sub(tf.tensor1d([...g]))
        .square()
        .sum(1) as tf.Tensor1D,
    );
  const gap1 = gaps(s1);
  const gap2 = gaps(s2);
  return {
    diagonal: localCosts({ cost: 'euclidean' }, s1, s2),
    up: gap1.expandDims(1).tile([1, m]) as tf.Tensor2D,
    left: gap2.expandDims(0).tile([n, 1]) as tf.Tensor2D,
    border: { left: tf.cumsum(gap1), above: tf.cumsum(gap2) },
  };
}

function edr(epsilon: number, s1: tf.Tensor2D, s2: tf.Tensor2D): MoveTensors {
  const tf = loadTf();
  const [n, m] = [s1.shape[0], s2.shape[0]];
  const near = tf.lessEqual(localCosts({ cost: 'chebyshev' }, s1, s2), epsilon);
  const one = tf.ones([n, m]) as tf.Tensor2D;
  const diagonal = tf.sub(1, tf.cast(near, 'float32')) as tf.Tensor2D;
  return { diagonal, up: one, left: one, border: { left: tf.range(1, n + 1), above: tf.range(1, m + 1) } };
}

function msm({ c, independent }: Extract<Moves, { kind: 'msm' }>, s1: tf.Tensor2D, s2: tf.Tensor2D): MoveTensors {
  const tf = loadTf();
  const cost = (a: tf.Tensor2D, b: tf.Tensor2D) =>
    localCosts({ cost: independent ? 'cityblock' : 'sqeuclidean' }, a, b);
  const before = (s: tf.Tensor2D) =>
    tf.concat([s.slice([0, 0], [1, s.shape[1]]), s.slice([0, 0], [s.shape[0] - 1, s.shape[1]])]) as tf.Tensor2D;
  const diagonal = cost(s1, s2);
  const step = (s: tf.Tensor2D) => {
    const change = s.sub(before(s));
    return (independent ? change.abs() : change.square()).sum(1);
  };
  // C(x_i; x_{i-1}, y_j): x lies between the two if their distance is at least the sum of its distances to them (for squares: Thales).
  const split = (own: tf.Tensor2D, toOther: tf.Tensor2D, across: tf.Tensor2D) => {
    const between = tf.lessEqual(own.add(toOther), across.mul(1 + 1e-6));
    const nearest = tf.where(constant(tf.lessEqual(own, toOther)), own, toOther);
    return tf.where(constant(between), tf.zerosLike(nearest), nearest).add(c) as tf.Tensor2D;
  };
  const shape = diagonal.shape;
  const own1 = step(s1).expandDims(1).tile([1, shape[1]]) as tf.Tensor2D;
  const own2 = step(s2).expandDims(0).tile([shape[0], 1]) as tf.Tensor2D;
  return {
    diagonal,
    up: split(own1, diagonal, cost(before(s1), s2)),
    left: split(own2, diagonal, cost(s1, before(s2))),
  };
}

/** A condition off the tape: tfjs has no gradient for comparisons. */
const constant = (condition: tf.Tensor): tf.Tensor => loadTf().tensor(condition.dataSync(), condition.shape, 'bool');

function twe({ nu, lmbda }: Extract<Moves, { kind: 'twe' }>, s1: tf.Tensor2D, s2: tf.Tensor2D): MoveTensors {
  const tf = loadTf();
  const [n, m] = [s1.shape[0], s2.shape[0]];
  // Both series start with a step of zeros.
  const before = (s: tf.Tensor2D) =>
    tf
      .pad(s, [
        [1, 0],
        [0, 0],
      ])
      .slice([0, 0], [s.shape[0], s.shape[1]]) as tf.Tensor2D;
  const apart = Float32Array.from({ length: n * m }, (_, at) => 2 * nu * Math.abs(Math.floor(at / m) - (at % m)));
  const euclidean = (a: tf.Tensor2D, b: tf.Tensor2D) => localCosts({ cost: 'euclidean' }, a, b);
  const step = (s: tf.Tensor2D) => tf.add(root(tf.sum(tf.square(tf.sub(s, before(s))), 1)), nu + lmbda);
  return {
    diagonal: euclidean(s1, s2)
      .add(euclidean(before(s1), before(s2)))
      .add(tf.tensor2d(apart, [n, m])) as tf.Tensor2D,
    up: step(s1).expandDims(1).tile([1, m]) as tf.Tensor2D,
    left: step(s2).expandDims(0).tile([n, 1]) as tf.Tensor2D,
  };
}
