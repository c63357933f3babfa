import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert';
import { describe, it } from 'node:test';
import { array } from 'numpy-ts';
import { loadTf } from '../../../../src/core/engines/tfjs/load.ts';
import type { ArrayLike } from '../../../../src/core/input/arrays/array-like.ts';
import { isNumpyArray, isTensor } from '../../../../src/core/input/arrays/kinds.ts';
import { cast } from '../../../../src/core/tslearn/backend/index.ts';

const tf = loadTf();
const matrix = [
  [1, 2.5],
  [Number.NaN, -4],
];
const kinds: Record<string, ArrayLike> = {
  list: matrix,
  'list of typed arrays': matrix.map((row) => Float64Array.from(row)),
  'list of tensors': matrix.map((row) => tf.tensor1d(row)),
  'numpy-ts array': array(matrix),
  'numpy-ts view': array([
    [1, Number.NaN],
    [2.5, -4],
  ]).T,
  tensor: tf.tensor2d(matrix),
};

describe('cast', () => {
  for (const [kind, data] of Object.entries(kinds)) {
    it(`makes a list of a ${kind}`, () => deepStrictEqual(cast(data, 'list'), matrix));
    it(`makes a numpy-ts array of a ${kind}`, () => {
      const made = cast(data, 'numpy');
      ok(isNumpyArray(made));
      deepStrictEqual(made.tolist(), matrix);
    });
    it(`makes a tensor of a ${kind}`, () => {
      const made = cast(data, 'pytorch');
      ok(isTensor(made));
      strictEqual(made.dtype, 'float32');
      deepStrictEqual(made.arraySync(), matrix);
    });
  }
  it('returns a value that already has the kind', () => {
    const [ndarray, tensor] = [array([1]), tf.scalar(1)];
    strictEqual(cast(ndarray, 'numpy'), ndarray);
    strictEqual(cast(tensor, 'tfjs'), tensor);
  });
  it('makes a number of an array without dimensions', () => {
    strictEqual(cast(tf.scalar(2), 'list'), 2);
    strictEqual(cast(array(2), 'list'), 2);
    strictEqual(cast(2, 'list'), 2);
  });
  it('keeps integers, booleans and complex numbers', () => {
    strictEqual(cast(tf.tensor1d([1], 'int32'), 'numpy').dtype, 'int32');
    strictEqual(cast(array([1n]), 'tfjs').dtype, 'int32');
    strictEqual(cast([true], 'numpy').dtype, 'bool');
    strictEqual(cast(array([1], 'bool'), 'tfjs').dtype, 'bool');
    deepStrictEqual(cast(cast(tf.complex([1], [2]), 'numpy'), 'list'), [{ re: 1, im: 2 }]);
    deepStrictEqual(cast(cast([{ re: 1, im: 2 }], 'tfjs'), 'list'), [{ re: 1, im: 2 }]);
    deepStrictEqual(cast(array([1n]), 'list'), [1]);
  });
  it('shares no memory with a typed array', () => {
    const data = Float32Array.of(1);
    const made = [cast(data, 'numpy'), cast(data, 'tfjs')] as const;
    data[0] = 9;
    deepStrictEqual(
      made.map((array) => cast(array, 'list')),
      [[1], [1]],
    );
  });
  it('refuses another kind', () => throws(() => cast([1], 'foo' as 'list'), RangeError));
});
