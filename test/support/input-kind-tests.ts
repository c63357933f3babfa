import assert from 'node:assert/strict';
import { it } from 'node:test';
import { array } from 'numpy-ts';
import { loadTf } from '../../src/core/engines/tfjs/load.ts';
import { evaluate } from '../../src/core/index.ts';
import { closeTo } from './close-to.ts';
import { float32, type Known, type Metric, numbersOf, rows, s1, s2 } from './known-pair.ts';

/** Defines the tests that a metric gives the same numbers for every kind of input, each on the backend that it belongs to. */
export function inputKindTests(metric: Metric, { value, gradient }: Known): void {
  const lib = loadTf();
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
}
