import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { evaluate, softDtwLoss } from '../../../src/core/index.ts';
import { closeTo, largest, type Numbers } from '../../support/close-to.ts';
import { fixtureFiles } from '../../support/read-fixtures.ts';

interface LossCase {
  readonly id: string;
  readonly args: { x: number[][][]; y: number[][][]; gamma: number; normalize: boolean };
  readonly expected: { value: number[]; grad_x_of_sum: number[][][]; grad_y_of_sum: number[][][] };
}

interface Gradient {
  readonly s1: number[][];
  readonly s2: number[][];
}

const batch = (...series: Numbers[]) => tf.tensor(series as number[][]);
const sumOf = (loss: ReturnType<typeof softDtwLoss>) =>
  tf.grads((x, y) => tf.sum(loss(x as tf.Tensor, y as tf.Tensor)));
/** Series and results are rounded to float32: the fixture says how far that carries. */
const float32 = (expected: Numbers) => ({ absolute: 1e-5 * largest(expected) });

describe('softDtwLoss', () => {
  const cases = fixtureFiles().find(({ name }) => name === 'soft-dtw-loss')?.cases as unknown as LossCase[];
  for (const { id, args, expected } of cases) {
    it(`has the values and gradients of tslearn: ${id}`, () => {
      const loss = softDtwLoss({ gamma: args.gamma, normalize: args.normalize });
      const [x, y] = [tf.tensor3d(args.x), tf.tensor3d(args.y)];
      const losses = loss(x, y);
      assert.deepEqual(losses.shape, [args.x.length]);
      closeTo(losses.arraySync(), expected.value, float32(expected.value));
      const [byX, byY] = sumOf(loss)([x, y]);
      closeTo(byX.arraySync(), expected.grad_x_of_sum, float32(expected.grad_x_of_sum));
      closeTo(byY.arraySync(), expected.grad_y_of_sum, float32(expected.grad_y_of_sum));
    });
  }

  const s1 = [0.5, -1, 2, 0, 1.5];
  const s2 = [1, -0.5, 1, 1];
  const s3 = [[0, 1], [2, -1], [0.5, 0.5]]; // biome-ignore format: rows
  const s4 = [[1, 1], [1.5, -1], [0, 0.25]]; // biome-ignore format: rows

  for (const normalize of [false, true]) {
    it(`has the gradient of central differences, ${normalize ? 'normalized' : 'plain'}`, () => {
      const options = { gamma: 0.5, normalize, sakoe_chiba_radius: 1 };
      const metric = normalize ? 'soft-dtw-normalized' : 'soft-dtw';
      const params = { gamma: 0.5, sakoe_chiba_radius: 1 };
      const [byTrue, byPred] = sumOf(softDtwLoss(options))([batch(s1, s1), batch(s2, s2)]);
      const step = 1e-5;
      const slopes = (series: number[], value: (moved: number[]) => number) =>
        series.map((x, i) => (value(series.with(i, x + step)) - value(series.with(i, x - step))) / (2 * step));
      const slopesOfTrue = slopes(s1, (moved) => evaluate(metric, moved, s2, params).value);
      const slopesOfPred = slopes(s2, (moved) => evaluate(metric, s1, moved, params).value);
      closeTo(byTrue.arraySync(), [slopesOfTrue, slopesOfTrue], { absolute: 1e-5 });
      closeTo(byPred.arraySync(), [slopesOfPred, slopesOfPred], { absolute: 1e-5 });
    });
  }

  it('weighs each pair by what is made of its loss', () => {
    const weights = tf.tensor1d([2, -1]);
    const of = (y: tf.Tensor) => tf.sum(tf.mul(weights, softDtwLoss()(batch(s3, s4), y)));
    const [first, second] = tf.grad(of)(batch(s4, s3)).arraySync() as number[][][];
    const { gradient } = evaluate('soft-dtw', s3, s4, {}, { grad: true });
    closeTo(
      first,
      (gradient as Gradient).s2.map((row) => row.map((x) => 2 * x)),
      { absolute: 1e-5 },
    );
    closeTo(
      second,
      (gradient as Gradient).s1.map((row) => row.map((x) => -x)),
      { absolute: 1e-5 },
    );
  });

  it('takes another local cost by name', () => {
    const losses = softDtwLoss({ metric: 'minkowski', p: 3, gamma: 0.5 })(batch(s3), batch(s4));
    const expected = evaluate('soft-dtw', s3, s4, { metric: 'minkowski', p: 3, gamma: 0.5 }).value;
    closeTo(losses.arraySync(), [expected], { relative: 1e-6 });
    const refused = (options: object, path: string) =>
      assert.throws(() => softDtwLoss(options), { name: 'InvalidInput', path: [path] });
    refused({ metric: 'precomputed' }, 'metric');
    refused({ metric: 'cubic' }, 'metric');
  });

  it('trims missing steps from the end of a target, whose gradient is 0', () => {
    const padded = batch([...s2, Number.NaN], s1);
    const losses = softDtwLoss()(padded, batch(s1, s1)).arraySync();
    closeTo(losses[0], evaluate('soft-dtw', s2, s1).value, { relative: 1e-6 });
    const [byTrue] = sumOf(softDtwLoss())([padded, batch(s1, s1)]);
    assert.equal((byTrue.arraySync() as number[][])[0]?.at(-1), 0);
  });

  it('rejects anything but a pair of batches, with the place', () => {
    const loss = softDtwLoss();
    const refused = (path: (string | number)[], yTrue: tf.Tensor, yPred: tf.Tensor) =>
      assert.throws(() => loss(yTrue, yPred), { name: 'InvalidInput', path });
    refused(['yTrue'], tf.tensor1d(s1), batch(s1));
    refused(['yPred'], batch(s1), batch(s1, s1));
    refused(['yPred', 0], batch(s1), batch(s3));
    refused(['yPred', 1, 2], batch(s1, s1), batch(s1, s1.with(2, Infinity)));
    refused(['yPred', 0, 4], batch(s1), batch(s1.with(4, Number.NaN)));
    refused(['yTrue', 0, 1], batch(s1.with(1, Number.NaN)), batch(s1));
    assert.throws(() => softDtwLoss({ gamma: -1 }), { name: 'InvalidInput', path: ['gamma'] });
  });

  it('leaves no tensors behind', () => {
    const [x, y] = [batch(s1), batch(s2)];
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      sumOf(softDtwLoss())([x, y]);
    });
    assert.equal(tf.memory().numTensors, before);
  });

  it('rejects a second derivative, which it does not have', () => {
    const slope = (y: tf.Tensor) => tf.grad((z: tf.Tensor) => tf.sum(softDtwLoss()(batch(s1), z)))(y);
    assert.throws(() => tf.grad((y: tf.Tensor) => tf.sum(slope(y)))(batch(s2)), /gradient/);
  });
});
