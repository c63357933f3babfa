import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closeTo, largest } from './close-to.ts';

describe('closeTo', () => {
  it('allows exactly the sum of the absolute and the relative part', () => {
    closeTo(10.019, 10, { relative: 1e-3, absolute: 0.01 });
    assert.throws(() => closeTo(10.021, 10, { relative: 1e-3, absolute: 0.01 }));
    assert.throws(() => closeTo(1 + 2 ** -52, 1));
    closeTo(1, 1);
  });
  for (const [actual, expected] of [
    [Number.NaN, 1],
    [Number.NaN, Number.NaN],
    [1, Number.NaN],
    [Infinity, -Infinity],
    [Infinity, 1e308],
    [1e308, Infinity],
    [[Number.NaN], [0]],
    [null, 0],
    ['1', 1],
    [[1], 1],
    [1, [1]],
    [[1, 2], [1]],
    [[], [1]],
    [
      [1, [2]],
      [1, 2],
    ],
  ] as const) {
    it(`fails ${JSON.stringify([`${actual}`, `${expected}`])}, whatever is allowed`, () => {
      assert.throws(() => closeTo(actual, expected, { relative: 1e9, absolute: 1e9 }), assert.AssertionError);
    });
  }
  it('compares infinities with themselves, and lists with typed arrays', () => {
    closeTo([Infinity, -Infinity], Float64Array.of(Infinity, -Infinity));
    closeTo([new Float32Array([1, 2])], [[1, 2]]);
  });
  it('says where the worst number is, and by how much', () => {
    assert.throws(() => closeTo([[1, 2.5], [4]], [[1, 2], [3]], { absolute: 0.1 }, 'gradient'), {
      message: 'gradient[1][0]: 4 is not 3: 1 apart, allowed 0.1',
    });
  });
});

describe('largest', () => {
  it('finds the largest absolute value at any depth', () => {
    assert.equal(largest([[1, -7], new Float64Array([3])]), 7);
  });
});
