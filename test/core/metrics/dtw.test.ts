import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadTf } from '../../../src/core/engines/tfjs/load.ts';
import { dtw, evaluate } from '../../../src/core/index.ts';
import { closeTo, type Numbers } from '../../support/close-to.ts';
import { inputKindTests } from '../../support/input-kind-tests.ts';
import { tensorGradientTests } from '../../support/tensor-gradient-tests.ts';

describe('dtw', () => {
  // tslearn on PyTorch prints 6.4807 and [-0.3086, -0.1543, 0.7715]; in closed form sqrt(42) and halves of 4, 2, 10 over it.
  const known = {
    value: Math.sqrt(42),
    gradient: { s1: [-2, -1, 5].map((x) => x / Math.sqrt(42)), s2: [3, 1, -6].map((x) => x / Math.sqrt(42)) },
  };
  inputKindTests(dtw, known);
  tensorGradientTests(dtw, known);

  for (const be of ['numpy', 'tfjs'] as const) {
    it(`has gradient 0 if the value is 0, on ${be}`, () => {
      const { value, gradient } = evaluate('dtw', [1, 2, 2], [1, 1, 2], { be }, { grad: true });
      assert.equal(value, 0);
      closeTo([gradient?.s1, gradient?.s2] as Numbers, [
        [0, 0, 0],
        [0, 0, 0],
      ]);
    });
    it(`breaks ties by the diagonal, then up, then left, for path and gradient alike, on ${be}`, () => {
      const tied = evaluate('dtw', [0, 2, 0], [1, 1], { be }, { grad: true, path: true });
      assert.deepEqual(tied.path, [
        [0, 0],
        [1, 0],
        [2, 1],
      ]);
      const slope = 1 / Math.sqrt(3); // PyTorch, which prefers up, has it in the first place
      closeTo(tied.gradient?.s2, [0, slope], { absolute: 1e-6 });
      closeTo(tied.gradient?.s1, [-slope, slope, -slope], { absolute: 1e-6 });
    });
    it(`walks the diagonal of constant series, on ${be}`, () => {
      const { path } = evaluate('dtw', [1, 1, 1], [1, 1, 1], { be }, { path: true });
      assert.deepEqual(path, [
        [0, 0],
        [1, 1],
        [2, 2],
      ]);
    });
  }

  it('has a gradient of 0, not of NaN, under tf.grad at equal tensors', () => {
    const { grad, tensor1d } = loadTf();
    closeTo(grad((x) => dtw(x, [1, 2, 3]))(tensor1d([1, 2, 3])).arraySync() as Numbers, [0, 0, 0]);
  });
});
