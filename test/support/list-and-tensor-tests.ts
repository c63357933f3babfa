import assert from 'node:assert/strict';
import { it } from 'node:test';
import type * as tf from '@tensorflow/tfjs';
import { array } from 'numpy-ts';
import { loadTf } from '../../src/core/engines/tfjs/load.ts';
import { evaluate, InvalidInput, type MetricFunction, type MetricRecord } from '../../src/core/index.ts';
import { closeTo, type Numbers } from './close-to.ts';

/** A metric's value and gradients for [1, 2, 3] and [3, 4, -3]. */
export interface Known {
  readonly value: number;
  readonly gradient: { readonly s1: readonly number[]; readonly s2: readonly number[] };
}

type Metric = MetricFunction<{ compute_with_backend?: boolean }> & { readonly record: MetricRecord };

/** Defines the tests of what PyTorch's users expect of a metric: the same numbers from every kind of input, and differentiable tensors. */
export function listAndTensorTests(metric: Metric, { value, gradient }: Known): void {
  const lib = loadTf();
  const s1 = [1, 2, 3];
  const s2 = [3, 4, -3];
  const float32 = { absolute: 1e-4 };
  const rows = (s: number[]) => s.map((x) => [x]);
  const numbersOf = (tensor: tf.Tensor) => tensor.arraySync() as Numbers;

  const onNumpy: readonly [kind: string, a: unknown, b: unknown][] = [
    ['lists', s1, s2],
    ['rows', rows(s1), rows(s2)],
    ['typed arrays', Float64Array.from(s1), Float64Array.from(s2)],
    ['small typed arrays', Float32Array.from(s1), Int8Array.from(s2)],
    ['numpy-ts arrays', array(s1), array(rows(s2))],
    ['a list and an array', s1, array(s2)],
    ['padded lists', [...s1, null], [...rows(s2), [null], [Number.NaN]]],
    ['padded arrays', array([...s1, Number.NaN]), Float64Array.of(...s2, Number.NaN)],
  ];
  for (const [kind, a, b] of onNumpy) {
    it(`is ${value.toFixed(4)} for ${kind}, on numpy`, () => {
      closeTo(metric(a as number[], b as number[]), value, { relative: 1e-9 });
      const { be, dtype } = evaluate(metric, a, b);
      assert.deepEqual([be, dtype], ['numpy', 'float64']);
    });
  }

  for (const be of ['tfjs', 'pytorch'] as const) {
    it(`is a scalar tensor of lists with be "${be}"`, () => {
      const found = metric(s1, s2, { be });
      assert.deepEqual([found.shape, found.dtype], [[], 'float32']);
      closeTo(numbersOf(found), value, float32);
      assert.equal(evaluate(metric, s1, s2, { be }).be, 'tfjs');
    });
  }

  it('chooses tfjs if the first series is a tensor', () => {
    closeTo(numbersOf(metric(lib.tensor1d(s1), s2)), value, float32);
    assert.equal(evaluate(metric, lib.tensor1d(s1), s2).be, 'tfjs');
  });
  it('converts a tensor to numpy if numpy is asked for', () => {
    closeTo(evaluate(metric, lib.tensor1d(s1), lib.tensor1d(s2), { be: 'numpy' }).value, value, { relative: 1e-9 });
  });
  it('has the known gradients of both series on numpy', () => {
    closeTo(evaluate(metric, s1, s2, {}, { grad: true }).gradient?.s1, gradient.s1, float32);
    closeTo(evaluate(metric, s1, s2, {}, { grad: true }).gradient?.s2, gradient.s2, float32);
  });

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
      closeTo(numbersOf(found), rows([...gradient.s1]), float32);
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
