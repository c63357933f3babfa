import assert from 'node:assert/strict';
import { it } from 'node:test';
import type * as tf from '@tensorflow/tfjs';
import { loadTf } from '../../src/core/engines/tfjs/load.ts';
import { evaluate, InvalidInput } from '../../src/core/index.ts';
import { closeTo, type Numbers } from './close-to.ts';
import { float32, type Known, type Metric, numbersOf, rows, s1, s2 } from './known-pair.ts';

/** Defines the tests that a metric of tensors differentiates as TensorFlow.js's own operations do, and keeps no tensor. */
export function tensorGradientTests(metric: Metric, { value, gradient }: Known): void {
  const lib = loadTf();
  for (const compute_with_backend of [true, false]) {
    const params = { compute_with_backend };
    const how = `compute_with_backend ${compute_with_backend}`;
    it(`differentiates under tf.grad by either series (${how})`, () => {
      const by1 = lib.grad((x) => metric(x, lib.tensor1d(s2), params))(lib.tensor1d(s1));
      const by2 = lib.grad((y) => metric(lib.tensor1d(s1), y, params))(lib.tensor1d(s2));
      closeTo(numbersOf(by1), gradient.s1, float32);
      closeTo(numbersOf(by2), gradient.s2, float32);
    });
    it(`differentiates if only one of the two is a tensor (${how})`, () => {
      closeTo(numbersOf(lib.grad((x) => metric(x, s2, params))(lib.tensor1d(s1))), gradient.s1, float32);
      const by2 = lib.grad((y) => metric(s1, y, { ...params, be: 'tfjs' }))(lib.tensor1d(s2));
      closeTo(numbersOf(by2), gradient.s2, float32);
    });
    it(`gives value and both gradients under tf.valueAndGrads (${how})`, () => {
      const both = lib.valueAndGrads((x: tf.Tensor, y: tf.Tensor) => metric(x, y, params));
      const { value: found, grads } = both([lib.tensor1d(s1), lib.tensor1d(s2)]);
      closeTo(numbersOf(found), value, float32);
      closeTo(grads.map(numbersOf), [gradient.s1, gradient.s2], float32);
    });
    it(`follows the chain rule (${how})`, () => {
      const scaled = lib.grad((x) => metric(lib.mul(x, 2), s2, params).mul(3))(lib.tensor1d([0.5, 1, 1.5]));
      closeTo(
        numbersOf(scaled),
        gradient.s1.map((x) => 6 * x),
        { absolute: 1e-3 },
      );
    });
    it(`gives the gradient of a 2-D tensor in its shape (${how})`, () => {
      const found = lib.grad((x) => metric(x, s2, params))(lib.tensor2d(rows(s1)));
      assert.deepEqual(found.shape, [3, 1]);
      closeTo(numbersOf(found), rows(gradient.s1), float32);
    });
    it(`gives the gradient of multivariate tensors as numpy does (${how})`, () => {
      const [a, b] = [
        [
          [0, 1],
          [2.5, 2],
          [5, 1],
        ],
        [
          [1, 2],
          [3, 4],
        ],
      ];
      const expected = evaluate(metric, a, b, {}, { grad: true }).gradient;
      const found = lib.grads((x, y) => metric(x, y, params))([lib.tensor2d(a), lib.tensor2d(b)]);
      closeTo(found.map(numbersOf), [expected?.s1, expected?.s2] as Numbers, float32);
    });
    it(`gives trimmed steps of a tensor gradient 0 (${how})`, () => {
      const padded = lib.tensor1d([...s1, Number.NaN, Number.NaN]);
      closeTo(numbersOf(lib.grad((x) => metric(x, s2, params))(padded)), [...gradient.s1, 0, 0], float32);
    });
    it(`leaves no tensor behind (${how})`, () => {
      const [x, y] = [lib.tensor1d(s1), lib.tensor1d(s2)];
      const before = lib.memory().numTensors;
      metric(x, y, params).dispose();
      assert.equal(lib.memory().numTensors, before, 'the value');
      lib
        .grad((a) => metric(a, y, params))(x)
        .dispose();
      assert.equal(lib.memory().numTensors, before, 'the gradient');
      const everything = Object.fromEntries(metric.record.gives.map((extra) => [extra, true]));
      evaluate(metric, x, y, params, everything);
      assert.equal(lib.memory().numTensors, before, 'everything');
      assert.throws(() => evaluate(metric, lib.tensor1d(s1), [], params), InvalidInput);
      assert.equal(lib.memory().numTensors, before + 1, 'an error');
    });
  }
}
