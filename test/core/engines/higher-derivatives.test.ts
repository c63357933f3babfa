import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type * as tf from '@tensorflow/tfjs';
import { lastCell } from '../../../src/core/engines/tfjs/last-cell.ts';
import { loadTf } from '../../../src/core/engines/tfjs/load.ts';
import { adtw, dtw, erp, evaluate, gak, msm, softDtw, softDtwNormalized, twe, wddtw } from '../../../src/core/index.ts';
import { closeTo, largest } from '../../support/close-to.ts';

const lib = loadTf();

const s1 = [0.3, -1.2, 2.1, 0.8, -0.4];
const s2 = [-0.1, 0.9, 1.7, -0.6];
const direction = [0.5, -1, 0.25, 2, 0.75];
const moved = (step: number) => s1.map((x, i) => x + step * (direction[i] as number));
const numbersOf = (x: tf.Tensor): number[] => Array.from(x.dataSync());

/** The derivative of a vector along the direction, by central differences. */
function difference(of: (x: number[]) => number[], step: number): number[] {
  const [ahead, behind] = [of(moved(step)), of(moved(-step))];
  return ahead.map((x, i) => (x - (behind[i] as number)) / (2 * step));
}

/** d/dx <gradient of f at x, direction>, a function of x. */
const secondAlong = (f: (x: tf.Tensor) => tf.Tensor) =>
  lib.grad((x: tf.Tensor) => lib.sum(lib.mul(lib.grad(f)(x), lib.tensor1d(direction))));

// Moves that cost alike, that differ, with and without a border of their own; prepared, normalized and finished values.
const cases = [
  [softDtw, { gamma: 0.7 }],
  [softDtw, { gamma: 0.7, metric: 'minkowski', p: 3 }],
  [softDtw, { gamma: 0.7, sakoe_chiba_radius: 1 }],
  [softDtwNormalized, { gamma: 0.7 }],
  [gak, { sigma: 1.1 }],
  [adtw, { gamma: 0.7, warp_penalty: 0.3 }],
  [wddtw, { gamma: 0.7, g: 0.4 }],
  [erp, { gamma: 0.7, g: 0.1 }],
  [msm, { gamma: 0.7, c: 0.3 }],
  [twe, { gamma: 0.7 }],
  [dtw, {}],
] as const;

describe('derivatives of derivatives on tfjs', () => {
  for (const [metric, params] of cases) {
    const { name } = metric.record;
    const value = (x: tf.Tensor) => (metric as (a: tf.Tensor, b: unknown, p: object) => tf.Scalar)(x, s2, params);

    it(`are those of ${name} with ${JSON.stringify(params)}`, () => {
      const gradient = (x: number[]) => evaluate(metric, x, s2, params, { grad: true }).gradient?.s1 as number[];
      const expected = difference(gradient, 1e-5);
      const found = numbersOf(secondAlong(value)(lib.tensor1d(s1)));
      closeTo(found, expected, { absolute: 1e-4 * Math.max(1, largest(expected)) });
    });
  }

  it('exist to the third order', () => {
    const value = (x: tf.Tensor) => softDtw(x, s2, { gamma: 0.7 });
    const second = (x: number[]) => numbersOf(secondAlong(value)(lib.tensor1d(x)));
    const third = lib.grad((x: tf.Tensor) => lib.sum(lib.mul(secondAlong(value)(x), lib.tensor1d(direction))));
    const expected = difference(second, 1e-2);
    closeTo(numbersOf(third(lib.tensor1d(s1))), expected, { absolute: 2e-3 * largest(expected) });
  });

  it('start from one with respect to gamma, too', () => {
    const by = (gamma: number) => evaluate('soft-dtw', s1, s2, { gamma }, { grad: true }).gradient?.gamma as number;
    const costs = lib.square(lib.sub(lib.tensor2d(s1, [5, 1]), lib.tensor2d(s2, [1, 4]))) as tf.Tensor2D;
    const recurrence = {
      moves: { kind: 'warp', local: { cost: 'precomputed' } },
      reduce: 'softmin',
      gamma: 0.7,
    } as const;
    const moves = { diagonal: costs, up: costs, left: costs };
    const value = (gamma: tf.Tensor) => lastCell(moves, recurrence, undefined, () => {}, gamma as tf.Scalar);
    closeTo(lib.grad(value)(lib.scalar(0.7)).dataSync()[0], by(0.7), { relative: 1e-4 });
  });
});

describe('many tables at once on tfjs', () => {
  const costs = lib.tensor(
    Float32Array.from({ length: 2 * 3 * 5 * 4 }, (_, k) => ((k * 37) % 29) / 10),
    [2, 3, 5, 4],
  );
  const each = lib.unstack(lib.reshape(costs, [6, 5, 4])) as tf.Tensor2D[];
  const alike = <T extends tf.Tensor>(cost: T) => ({ diagonal: cost, up: cost, left: cost }) as never;
  const moves = { kind: 'warp', local: { cost: 'precomputed' } } as const;

  for (const reduction of [{ reduce: 'softmin', gamma: 0.4 }, { reduce: 'min' }, { reduce: 'minimax' }] as const) {
    const value = (cost: tf.Tensor) => lastCell(alike(cost), { moves, ...reduction }, undefined, () => {});

    it(`give each its value, gradient and second derivative: ${reduction.reduce}`, () => {
      assert.deepEqual(value(costs).shape, [2, 3]);
      closeTo(
        numbersOf(value(costs)),
        each.flatMap((cost) => numbersOf(value(cost))),
        { absolute: 0 },
      );
      const weights = lib.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
      const slope = (cost: tf.Tensor) => lib.grad((x: tf.Tensor) => lib.sum(lib.mul(value(x), weights)))(cost);
      const alone = each.map((cost, k) => lib.mul(lib.grad(value)(cost), k + 1));
      closeTo(numbersOf(slope(costs)), alone.flatMap(numbersOf), { absolute: 1e-6 });
      const curve = lib.grad((x: tf.Tensor) => lib.sum(lib.square(lib.grad((y: tf.Tensor) => lib.sum(value(y)))(x))));
      const curveAlone = each.flatMap((cost) =>
        numbersOf(lib.grad((x: tf.Tensor) => lib.sum(lib.square(lib.grad(value)(x))))(cost)),
      );
      closeTo(numbersOf(curve(costs)), curveAlone, { absolute: 1e-5 });
    });
  }
});
