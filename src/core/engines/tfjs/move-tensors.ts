import type * as tf from '@tensorflow/tfjs';
import type { Moves } from '../../kernels/index.ts';
import { loadTf } from './load.ts';
import { localCosts } from './local-cost.ts';
import { root } from './powers.ts';

/**
 * The costs of the three moves into each cell, (..., n, m) each, and, if the moves have a border of their own, R[i,-1] and R[-1,j], (..., n) and
 * (..., m). Leading dimensions are pairs.
 */
export interface MoveTensors {
  readonly diagonal: tf.Tensor;
  readonly up: tf.Tensor;
  readonly left: tf.Tensor;
  readonly border?: { readonly left: tf.Tensor; readonly above: tf.Tensor };
}

/** The costs of the moves for series of shapes (..., n, d) and (..., m, d), on the tape. */
export function moveTensors(moves: Moves, s1: tf.Tensor, s2: tf.Tensor): MoveTensors {
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

function warp({ local, penalty = 0, g }: Extract<Moves, { kind: 'warp' }>, s1: tf.Tensor, s2: tf.Tensor): MoveTensors {
  const cost = localCosts(local, s1, s2);
  const diagonal = g === undefined ? cost : cost.mul(timeWeights(cost, g));
  const warped = penalty === 0 ? diagonal : diagonal.add(penalty);
  return { diagonal, up: warped, left: warped };
}

function timeWeights(cost: tf.Tensor, g: number): tf.Tensor {
  const [n, m] = tableOf(cost);
  const half = Math.max(n, m) / 2;
  const weight = (at: number) => 1 / (1 + Math.exp(-g * (Math.abs(Math.floor(at / m) - (at % m)) - half)));
  return loadTf().tensor2d(
    Float32Array.from({ length: n * m }, (_, at) => weight(at)),
    [n, m],
  );
}

function erp(g: readonly number[], s1: tf.Tensor, s2: tf.Tensor): MoveTensors {
  const tf = loadTf();
  const gaps = (s: tf.Tensor) => root(tf.sum(tf.square(tf.sub(s, tf.tensor1d([...g]))), -1));
  const gap1 = gaps(s1);
  const gap2 = gaps(s2);
  const diagonal = localCosts({ cost: 'euclidean' }, s1, s2);
  return {
    diagonal,
    up: acrossRows(gap1, diagonal),
    left: downColumns(gap2, diagonal),
    border: { left: tf.cumsum(gap1, gap1.rank - 1), above: tf.cumsum(gap2, gap2.rank - 1) },
  };
}

function edr(epsilon: number, s1: tf.Tensor, s2: tf.Tensor): MoveTensors {
  const tf = loadTf();
  const near = tf.lessEqual(localCosts({ cost: 'chebyshev' }, s1, s2), epsilon);
  const one = tf.ones(near.shape);
  const diagonal = tf.sub(1, tf.cast(near, 'float32'));
  const [n, m] = tableOf(near);
  const lead = near.shape.slice(0, -2);
  const count = (length: number) => tf.add(tf.zeros([...lead, length]), tf.range(1, length + 1));
  return { diagonal, up: one, left: one, border: { left: count(n), above: count(m) } };
}

function msm({ c, independent }: Extract<Moves, { kind: 'msm' }>, s1: tf.Tensor, s2: tf.Tensor): MoveTensors {
  const tf = loadTf();
  const cost = (a: tf.Tensor, b: tf.Tensor) => localCosts({ cost: independent ? 'cityblock' : 'sqeuclidean' }, a, b);
  const before = (s: tf.Tensor) => tf.concat([rows(s, 0, 1), rows(s, 0, stepsOf(s) - 1)], -2);
  const diagonal = cost(s1, s2);
  const step = (s: tf.Tensor) => {
    const change = s.sub(before(s));
    return tf.sum(independent ? change.abs() : change.square(), -1);
  };
  // C(x_i; x_{i-1}, y_j): x lies between the two if their distance is at least the sum of its distances to them (for squares: Thales).
  const split = (own: tf.Tensor, toOther: tf.Tensor, across: tf.Tensor) => {
    const between = tf.lessEqual(own.add(toOther), across.mul(1 + 1e-6));
    const nearest = tf.where(constant(tf.lessEqual(own, toOther)), own, toOther);
    return tf.where(constant(between), tf.zerosLike(nearest), nearest).add(c);
  };
  return {
    diagonal,
    up: split(acrossRows(step(s1), diagonal), diagonal, cost(before(s1), s2)),
    left: split(downColumns(step(s2), diagonal), diagonal, cost(s1, before(s2))),
  };
}

/** A condition off the tape: tfjs has no gradient for comparisons. */
const constant = (condition: tf.Tensor): tf.Tensor => loadTf().tensor(condition.dataSync(), condition.shape, 'bool');

function twe({ nu, lmbda }: Extract<Moves, { kind: 'twe' }>, s1: tf.Tensor, s2: tf.Tensor): MoveTensors {
  const tf = loadTf();
  // Both series start with a step of zeros.
  const before = (s: tf.Tensor) => tf.concat([tf.zerosLike(rows(s, 0, 1)), rows(s, 0, stepsOf(s) - 1)], -2);
  const euclidean = (a: tf.Tensor, b: tf.Tensor) => localCosts({ cost: 'euclidean' }, a, b);
  const step = (s: tf.Tensor) => tf.add(root(tf.sum(tf.square(tf.sub(s, before(s))), -1)), nu + lmbda);
  const cost = euclidean(s1, s2);
  const [n, m] = tableOf(cost);
  const apart = Float32Array.from({ length: n * m }, (_, at) => 2 * nu * Math.abs(Math.floor(at / m) - (at % m)));
  return {
    diagonal: cost.add(euclidean(before(s1), before(s2))).add(tf.tensor2d(apart, [n, m])),
    up: acrossRows(step(s1), cost),
    left: downColumns(step(s2), cost),
  };
}

const tableOf = (cost: tf.Tensor): [number, number] => cost.shape.slice(-2) as [number, number];

const stepsOf = (s: tf.Tensor): number => s.shape[s.rank - 2] as number;

/** Some steps of series (..., n, d). */
const rows = (s: tf.Tensor, from: number, count: number): tf.Tensor => {
  const [lead, d] = [s.shape.slice(0, -2), s.shape[s.rank - 1] as number];
  return loadTf().slice(s, [...lead.map(() => 0), from, 0], [...lead, count, d]);
};

/** A number for each step of s1, (..., n), in every column of a table: as a product with ones, which is faster than broadcasting. */
const acrossRows = (x: tf.Tensor, table: tf.Tensor): tf.Tensor =>
  loadTf().matMul(x.expandDims(-1), loadTf().ones([...x.shape.slice(0, -1), 1, tableOf(table)[1]]));

/** A number for each step of s2, (..., m), in every row of a table. */
const downColumns = (x: tf.Tensor, table: tf.Tensor): tf.Tensor =>
  loadTf().matMul(loadTf().ones([...x.shape.slice(0, -1), tableOf(table)[0], 1]), x.expandDims(-2));
