import { isTensor } from '../../../../src/core/input/arrays/kinds.ts';
import type { Backend } from '../../../../src/core/tslearn/backend/index.ts';
import { type Case, law, type Name } from './case.ts';

const matrix = [
  [0, 1],
  [2, 3],
];
const wide = [
  [1, 2, 3],
  [4, 5, 6],
];

const stored = (name: Name & ('int8' | 'int16' | 'int32' | 'int64' | 'float32' | 'float64'), lacks?: string): Case =>
  law(name, 'is a dtype of arrays', (be) => be.array([1, 2], { dtype: be[name] }), [1, 2], lacks);

const complex = [
  { re: 1, im: 0 },
  { re: 2, im: 0 },
];

const onCopy = (be: Backend) => {
  const x = be.array([1, 2]);
  return be.copy(x) !== x && be.array(x) !== x && be.asarray(x) === x;
};

/** dtypes, constants and arrays. */
export const arrayCases: readonly Case[] = [
  law('backend_string', 'says which backend it is', (be) => be.backend_string === (be.isTfjs ? 'tfjs' : 'numpy'), true),
  stored('int8', 'int8'),
  stored('int16', 'int16'),
  stored('int32'),
  stored('int64', 'int64'),
  stored('float32'),
  stored('float64', 'float64'),
  law('complex64', 'is a dtype of arrays', (be) => be.array([1, 2], { dtype: be.complex64 }), complex),
  law('complex128', 'is a dtype of arrays', (be) => be.array([1, 2], { dtype: be.complex128 }), complex, 'complex128'),
  law('inf', 'is infinite', (be) => be.inf, Infinity),
  law('nan', 'is not a number', (be) => be.nan, Number.NaN),
  law('dbl_max', 'is the largest double', (be) => be.dbl_max, 1.7976931348623157e308),
  law('array', 'takes nested lists', (be) => be.array(matrix), matrix),
  law('array', 'takes typed arrays', (be) => be.array(new Float64Array([1, 2])), [1, 2]),
  law('array', 'takes lists of typed arrays', (be) => be.array([new Float32Array([1, 2])]), [[1, 2]]),
  law('array', 'takes lists of its own arrays', (be) => be.array([be.array([1]), be.array([2])]), [[1], [2]]),
  law('array', 'takes null for NaN', (be) => be.array([1, null]), [1, Number.NaN]),
  law('array', 'takes complex numbers', (be) => be.array([{ re: 1, im: 2 }]), [{ re: 1, im: 2 }]),
  law('array', 'takes a number', (be) => be.array(3), 3),
  law('array', 'takes an empty list', (be) => be.array([[], []]), [[], []]),
  law('asarray', 'returns what is an array already, and only copies copy', onCopy, true),
  law('asarray', 'changes the dtype', (be) => be.asarray([1.5], { dtype: 'int32' }), [1]),
  law('arange', 'counts to stop', (be) => be.arange(3), [0, 1, 2]),
  law('arange', 'steps from start to stop', (be) => be.arange(1, 2, 0.25), [1, 1.25, 1.5, 1.75]),
  law('arange', 'steps down', (be) => be.arange(3, 0, -2, { dtype: be.int32 }), [3, 1]),
  law('arange', 'is empty where the step leads away', (be) => be.arange(3, 0), []),
  law('cast', 'cuts fractions off for integers', (be) => be.cast([1.7, -1.7], be.int32), [1, -1]),
  law('copy', 'keeps the values', (be) => be.copy(matrix), matrix),
  law('diag', 'makes a matrix of a vector', (be) => be.diag([1, Infinity], { k: -1 }), [
    [0, 0, 0],
    [1, 0, 0],
    [0, Infinity, 0],
  ]),
  law('diag', 'takes a diagonal of a matrix', (be) => be.diag(wide, { k: 1 }), [2, 6]),
  law('diag', 'takes a diagonal below', (be) => be.diag(wide, { k: -1 }), [4]),
  law('empty', 'has the shape', (be) => be.shape(be.empty([2, 3])), [2, 3]),
  law('eye', 'has ones on a diagonal', (be) => be.eye(2, { M: 3, k: 1 }), [
    [0, 1, 0],
    [0, 0, 1],
  ]),
  law('from_numpy', 'takes a numpy array', (be) => be.from_numpy(be.to_numpy(matrix)), matrix),
  law('full', 'repeats a value', (be) => be.full([2], 0.5), [0.5, 0.5]),
  law('full', 'takes infinity', (be) => be.full(1, be.inf), [Infinity]),
  law('hstack', 'joins vectors', (be) => be.hstack([[1], [2, 3]]), [1, 2, 3]),
  law('hstack', 'joins numbers', (be) => be.hstack([1, 2]), [1, 2]),
  law('hstack', 'joins columns', (be) => be.hstack([matrix, [[4], [5]]]), [
    [0, 1, 4],
    [2, 3, 5],
  ]),
  law('hstack', 'keeps fractions behind integers', (be) => be.hstack([new Int32Array([1]), [1.5]]), [1, 1.5]),
  law('reshape', 'infers a length', (be) => be.reshape(matrix, [4, -1]), [[0], [1], [2], [3]]),
  law('reshape', 'flattens', (be) => be.reshape(matrix, -1), [0, 1, 2, 3]),
  law('shape', 'lists the lengths', (be) => be.shape(wide), [2, 3]),
  law('ndim', 'counts the axes', (be) => be.ndim(wide), 2),
  law('to_numpy', 'answers a numpy-ts array', (be) => !isTensor(be.to_numpy(be.array([1]))), true),
  law('tril', 'keeps what is below', (be) => be.tril([[1, Infinity], matrix[1]], { k: 0 }), [
    [1, 0],
    [2, 3],
  ]),
  law('tril', 'works on the last two axes', (be) => be.tril([matrix, matrix], { k: -1 }), [
    [
      [0, 0],
      [2, 0],
    ],
    [
      [0, 0],
      [2, 0],
    ],
  ]),
  law('triu', 'keeps what is above', (be) => be.triu(matrix, { k: 1 }), [
    [0, 1],
    [0, 0],
  ]),
  law('tril_indices', 'lists rows and columns', (be) => be.array(be.tril_indices(3, { k: -1, m: 2 })), [
    [1, 2, 2],
    [0, 0, 1],
  ]),
  law('triu_indices', 'lists rows and columns', (be) => be.array(be.triu_indices(3, { k: 1 })), [
    [0, 0, 1],
    [1, 2, 2],
  ]),
  law('vstack', 'stacks vectors on matrices', (be) => be.vstack([[8, 9], matrix]), [[8, 9], ...matrix]),
  law('zeros', 'are zero', (be) => be.zeros([1, 2]), [[0, 0]]),
  law('zeros', 'may be none', (be) => be.zeros(0), []),
  law('zeros_like', 'take the shape', (be) => be.zeros_like(wide), [
    [0, 0, 0],
    [0, 0, 0],
  ]),
];
