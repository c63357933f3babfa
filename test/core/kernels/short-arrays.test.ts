import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { kernelFor, type Recurrence } from '../../../src/core/kernels/index.ts';
import { copied, copiedIntegers, zeros } from '../../../src/core/kernels/short-arrays.ts';

const never = () => {};

it('short arrays that share a buffer keep what was written to them, however many follow', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }), (counts) => {
      const numbers = Float64Array.from({ length: 400 }, (_, k) => k + 0.5);
      const integers = Int32Array.from({ length: 400 }, (_, k) => -k);
      const all = counts.map((count, k) => {
        if (k % 3 === 0) return zeros(count);
        return k % 3 === 1 ? copied(numbers, 400 - count, count) : copiedIntegers(integers, 400 - count, count);
      });
      for (const [k, array] of all.entries()) {
        const count = counts[k] as number;
        const wanted = [new Float64Array(count), numbers.slice(400 - count), integers.slice(400 - count)][k % 3];
        assert.deepEqual(array, wanted);
        array.fill(7);
      }
    }),
  );
});

it('a gradient and a path of a short pair stay as they are while others are computed, and may be written to', () => {
  const moves = { kind: 'warp', local: { cost: 'sqeuclidean' } } as const;
  const recurrences: Recurrence[] = [
    { moves, reduce: 'min' },
    { moves, reduce: 'softmin', gamma: 1 },
  ];
  for (const recurrence of recurrences) {
    for (const n of [1, 5, 16, 60, 128, 129]) {
      const kernel = kernelFor(recurrence, 1);
      const pair = (k: number) => {
        const [s1, s2] = [1, 2].map((f) => Float64Array.from({ length: n }, (_, i) => Math.sin(f * i + k)));
        return { s1: s1 as Float64Array, s2: s2 as Float64Array, n, m: n, d: 1 };
      };
      const found = kernel.gradient(pair(0), undefined, never);
      const path = kernel.path?.(pair(0), undefined, never).path;
      const before = structuredClone({ found, path });
      for (let k = 1; k < 100; k++) {
        kernel.gradient(pair(k), undefined, never).s1.fill(Number.NaN);
        kernel.path?.(pair(k), undefined, never).path.fill(-1);
      }
      assert.deepEqual({ found, path }, before);
    }
  }
});
