import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { array } from 'numpy-ts';
import { loadTf } from '../../../src/core/engines/tfjs/load.ts';
import { evaluate, InvalidInput } from '../../../src/core/index.ts';
import { readSeries } from '../../../src/core/input/series.ts';

const { tensor, scalar } = loadTf();
const missing = Number.NaN;

describe('readSeries', () => {
  const accepted: readonly [what: string, given: unknown, data: number[], d: number, sz: number, ndim: 1 | 2][] = [
    ['a list', [1, 2, 3], [1, 2, 3], 1, 3, 1],
    [
      'rows',
      [
        [1, 10],
        [2, 20],
      ],
      [1, 10, 2, 20],
      2,
      2,
      2,
    ],
    ['rows of one', [[1], [2]], [1, 2], 1, 2, 2],
    ['a Float64Array', Float64Array.of(1, 2), [1, 2], 1, 2, 1],
    ['a Float32Array', Float32Array.of(0.5, 2), [0.5, 2], 1, 2, 1],
    ['an Int16Array', Int16Array.of(-1, 2), [-1, 2], 1, 2, 1],
    ['a numpy-ts array', array([1, 2]), [1, 2], 1, 2, 1],
    [
      'a numpy-ts array of rows',
      array([
        [1, 2],
        [3, 4],
      ]),
      [1, 2, 3, 4],
      2,
      2,
      2,
    ],
    [
      'a numpy-ts view',
      array([
        [1, 2],
        [3, 4],
      ]).T,
      [1, 3, 2, 4],
      2,
      2,
      2,
    ],
    ['a tensor', tensor([1, 2]), [1, 2], 1, 2, 1],
    ['a tensor of integers', tensor([[1, 2]], [1, 2], 'int32'), [1, 2], 2, 1, 2],
    ['trailing nulls', [1, 2, null, null], [1, 2], 1, 4, 1],
    ['trailing NaN', [1, missing], [1], 1, 2, 1],
    [
      'a trailing row of nulls',
      [
        [1, 2],
        [null, null],
      ],
      [1, 2],
      2,
      2,
      2,
    ],
    ['a padded Float64Array', Float64Array.of(1, missing, missing), [1], 1, 3, 1],
    ['a padded tensor', tensor([[1], [missing]]), [1], 1, 2, 2],
    [
      'a padded numpy-ts array',
      array([
        [1, 2],
        [missing, missing],
      ]),
      [1, 2],
      2,
      2,
      2,
    ],
    ['the largest and smallest numbers', [1.7976931348623157e308, -5e-324], [1.7976931348623157e308, -5e-324], 1, 2, 1],
    ['one step', [7], [7], 1, 1, 1],
  ];
  for (const [what, given, data, d, sz, ndim] of accepted) {
    it(`takes ${what}`, () => {
      const series = readSeries(given, 's1');
      assert.deepEqual({ ...series, data: [...series.data] }, { data, n: data.length / d, d, sz, ndim });
    });
  }

  const refused: readonly [what: string, given: unknown, path: (string | number)[], message: RegExp][] = [
    ['an empty list', [], [], /only missing values or has zero length/],
    ['an empty row', [[]], [], /zero length/],
    ['an empty typed array', new Float64Array(0), [], /zero length/],
    ['an empty tensor', tensor([], [0]), [], /zero length/],
    ['nulls alone', [null, null], [], /only missing values/],
    ['rows of nulls alone', [[null, null]], [], /only missing values/],
    ['NaN alone', Float64Array.of(missing), [], /only missing values/],
    ['a missing value inside', [1, null, 3], [1], /missing value inside the series/],
    ['a missing value in front', [missing, 1], [0], /missing value inside/],
    [
      'a missing row inside',
      [
        [1, 2],
        [null, null],
        [3, 4],
      ],
      [1, 0],
      /missing value inside/,
    ],
    [
      'a half missing last row',
      [
        [1, 2],
        [3, null],
      ],
      [1, 1],
      /missing value inside/,
    ],
    [
      'a missing value inside a tensor',
      tensor([
        [1, 2],
        [missing, 3],
      ]),
      [1, 0],
      /missing value inside/,
    ],
    ['a missing value inside a numpy-ts array', array([1, missing, 2]), [1], /missing value inside/],
    ['Infinity', [1, Infinity], [1], /finite number, got Infinity/],
    ['-Infinity after a gap', [1, null, -Infinity], [2], /got -Infinity/],
    [
      'Infinity in a row',
      [
        [1, 2],
        [3, Infinity],
      ],
      [1, 1],
      /got Infinity/,
    ],
    [
      'Infinity in a tensor',
      tensor([
        [1, 2],
        [3, Infinity],
      ]),
      [1, 1],
      /got Infinity/,
    ],
    ['Infinity in a flat tensor', tensor([1, Infinity]), [1], /got Infinity/],
    ['Infinity in a Float32Array', Float32Array.of(1, Infinity), [1], /got Infinity/],
    ['a string', [1, '2'], [1], /type string/],
    ['a boolean', [true], [0], /type boolean/],
    ['a bigint', [1n], [0], /type bigint/],
    ['undefined', [1, undefined], [1], /type undefined/],
    ['an object', [{}], [0], /type object/],
    ['a row among numbers', [1, [2]], [1], /an array/],
    ['a number among rows', [[1], 2], [1], /a row of 1/],
    ['a null among rows', [[1], null, [2]], [1], /a row of 1/],
    [
      'a longer row',
      [
        [1, 2],
        [3, 4, 5],
      ],
      [1],
      /a row of 2 numbers, got 3/,
    ],
    ['a shorter row', [[1, 2], [3]], [1], /a row of 2 numbers, got 1/],
    ['a string in a row', [[1, 'x']], [0, 1], /type string/],
    ['rows of rows', [[[1]]], [0, 0], /an array/],
    ['a number', 5, [], /must be an array/],
    ['null', null, [], /must be an array/],
    ['undefined itself', undefined, [], /must be an array/],
    ['a text', '1,2,3', [], /must be an array/],
    ['an object with a length', { length: 2 }, [], /must be an array/],
    ['a DataView', new DataView(new ArrayBuffer(8)), [], /must be an array/],
    ['a scalar tensor', scalar(1), [], /shape \(sz,\) or \(sz, d\)/],
    ['a 3-D tensor', tensor([[[1]]]), [], /not \(1, 1, 1\)/],
    ['a 3-D numpy-ts array', array([[[1]]]), [], /not \(1, 1, 1\)/],
    ['a complex tensor', loadTf().complex([1], [2]), [], /real numbers, not complex64/],
    ['a tensor of strings', tensor(['1', 'a']), [], /real numbers, not string/],
  ];
  for (const [what, given, path, message] of refused) {
    it(`refuses ${what} and says where`, () => {
      assert.throws(
        () => readSeries(given, 's1'),
        (error: unknown) => {
          assert.ok(error instanceof InvalidInput && error instanceof RangeError, String(error));
          assert.match(error.message, message);
          assert.deepEqual(error.path, ['s1', ...path]);
          return true;
        },
      );
    });
  }

  it('names the place as the caller does, at any depth', () => {
    assert.throws(() => readSeries([1, 'x'], 'dataset1', 3), { path: ['dataset1', 3, 1] });
  });
  it('does not write into what it was given', () => {
    const given = Float64Array.of(1, 2, missing);
    readSeries(given).data[0] = 9;
    assert.deepEqual([...given], [1, 2, missing]);
  });
});

describe('two series', () => {
  it('must have the same feature size', () => {
    assert.throws(() => evaluate('dtw', [[1, 2]], [[1, 2, 3]]), {
      name: 'InvalidInput',
      path: ['s2'],
      message: /2 and 3 differ/,
    });
  });
  it('may mix a list of numbers and rows of one', () => {
    assert.equal(evaluate('dtw', [1, 2], [[1], [4]]).value, 2);
  });
  it('are blamed one by one', () => {
    assert.throws(() => evaluate('dtw', [1], [1, 'x']), { path: ['s2', 1] });
    assert.throws(() => evaluate('dtw', [], []), { path: ['s1'], code: 'empty_series' });
  });
});
