import { ok, strictEqual, throws } from 'node:assert';
import { describe, it } from 'node:test';
import { array } from 'numpy-ts';
import * as core from 'numpy-ts/core';
import { loadTf } from '../../../../src/core/engines/tfjs/load.ts';
import type { BackendName } from '../../../../src/core/input/arrays/backend-of.ts';
import { Backend, instantiateBackend, selectBackend } from '../../../../src/core/tslearn/backend/index.ts';

const tf = loadTf();
const tensor = tf.tensor1d([1, 2]);
const ndarray = array([1, 2]);
// numpy-ts's own declarations hide the names of its core from this module resolution.
const methodless = (core as unknown as { array: typeof array }).array;

const table: readonly [what: string, args: readonly unknown[], BackendName][] = [
  ['nothing', [], 'numpy'],
  ['null and undefined', [null, undefined], 'numpy'],
  ['null, then a list', [null, [1, 2]], 'numpy'],
  ['null, then a tensor', [null, tensor], 'tfjs'],
  ['"numpy"', ['numpy'], 'numpy'],
  ['"tfjs"', ['tfjs'], 'tfjs'],
  ['"pytorch", tslearn\'s word', ['pytorch'], 'tfjs'],
  ['a name before data', ['tfjs', ndarray], 'tfjs'],
  ['data before a name', [ndarray, 'tfjs'], 'numpy'],
  ['a list, then a tensor', [[1, 2], tensor], 'numpy'],
  ['an array, then a tensor', [ndarray, tensor], 'numpy'],
  ['a tensor, then an array', [tensor, ndarray], 'tfjs'],
  ['an array without methods', [methodless([1]), tensor], 'numpy'],
  ['a typed array', [new Float32Array(2), tensor], 'numpy'],
  ['an array of bigints', [new BigInt64Array(2), tensor], 'numpy'],
  ['a nested list', [[[1], [2]], tensor], 'numpy'],
  ['an empty list', [[], tensor], 'numpy'],
  ['a list of typed arrays', [[new Float64Array(1)], tensor], 'numpy'],
  ['a list that begins with a missing value', [[null, 1], tensor], 'numpy'],
  ['a list of tensors', [[tensor, tensor], ndarray], 'tfjs'],
  ['a list of lists of tensors', [[[tensor]], ndarray], 'tfjs'],
  ['a list of texts, which tell nothing', [['torch song'], tensor], 'tfjs'],
  ['texts only', [['torch song']], 'numpy'],
  ['a raw backend', [new Backend('tfjs').getBackend(), ndarray], 'tfjs'],
  ['a number, which tells nothing', [3, tensor], 'tfjs'],
];

describe('instantiateBackend', () => {
  for (const [what, args, name] of table) {
    it(`takes ${what} for ${name}`, () => {
      const be = instantiateBackend(...args);
      strictEqual(be.backend_string, name);
      strictEqual(be.isNumpy, name === 'numpy');
      strictEqual(be.isTfjs, name === 'tfjs');
    });
  }
  it('returns a Backend itself', () => {
    const be = new Backend('tfjs');
    strictEqual(instantiateBackend(null, be, ndarray), be);
  });
  it('lets data before a Backend decide', () => {
    ok(instantiateBackend(ndarray, new Backend('tfjs')).isNumpy);
  });
  for (const args of [['foo'], [null, 'foo'], [ndarray, 'foo'], [new Backend('numpy'), 'foo']]) {
    it(`refuses an unknown name as argument ${args.length}`, () =>
      throws(() => instantiateBackend(...args), {
        name: 'RangeError',
        message: 'unknown backend "foo": use "numpy", "tfjs" or "pytorch"',
      }));
  }
  it('wants names spelled exactly', () => throws(() => instantiateBackend('TORCH'), RangeError));
});

describe('selectBackend', () => {
  it('answers the raw backend of data', () => {
    strictEqual(selectBackend(tensor), new Backend('tfjs').getBackend());
    strictEqual(selectBackend([1]), new Backend('numpy').getBackend());
    strictEqual(selectBackend(new Backend('tfjs')), selectBackend('pytorch'));
  });
});
