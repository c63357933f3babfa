import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kernelFor, type Local, type Moves, type Recurrence, valuesFor } from '../../../src/core/kernels/index.ts';

const never = () => {};
const warp = (local: Local, more: { penalty?: number; g?: number } = {}): Moves => ({ kind: 'warp', local, ...more });

/** What leaves something behind in the memory of the kernels: costs that are chosen, constants, tables. */
const moves = (d: number): Readonly<Record<string, Moves>> => ({
  dtw: warp({ cost: 'sqeuclidean' }),
  'dtw of euclidean costs': warp({ cost: 'euclidean' }),
  'dtw of chebyshev costs': warp({ cost: 'chebyshev' }),
  adtw: warp({ cost: 'sqeuclidean' }, { penalty: 3 }),
  wdtw: warp({ cost: 'sqeuclidean' }, { g: 0.2 }),
  erp: { kind: 'erp', g: new Array<number>(d).fill(0.5) },
  edr: { kind: 'edr', epsilon: 0.3 },
  msm: { kind: 'msm', c: 0.7, independent: d === 1 },
  twe: { kind: 'twe', nu: 0.1, lmbda: 2 },
});

const recurrences = (d: number): [string, Recurrence][] => [
  ...Object.entries(moves(d)).map(([name, of]): [string, Recurrence] => [name, { moves: of, reduce: 'min' }]),
  ['frechet', { moves: warp({ cost: 'sqeuclidean' }), reduce: 'minimax' }],
  ['frechet of euclidean costs', { moves: warp({ cost: 'euclidean' }), reduce: 'minimax' }],
  ['soft-dtw', { moves: warp({ cost: 'sqeuclidean' }), reduce: 'softmin', gamma: 0.5 }],
  ['soft adtw', { moves: warp({ cost: 'sqeuclidean' }, { penalty: 3 }), reduce: 'softmin', gamma: 0.5 }],
];

const numbers = (count: number, k: number) => Float64Array.from({ length: count }, (_, i) => 3 * Math.sin(k * i + k));

for (const d of [1, 2]) {
  describe(`kernels for ${d} value${d === 1 ? '' : 's'} per step, one after another in the same memory`, () => {
    const pair = { s1: numbers(17 * d, 1.3), s2: numbers(23 * d, 0.9), n: 17, m: 23, d };
    const all = recurrences(d);
    const everything = (recurrence: Recurrence) => {
      const kernel = kernelFor(recurrence, d);
      return {
        value: kernel.value(pair, undefined, never),
        gradient: kernel.gradient(pair, undefined, never),
        path: kernel.path?.(pair, undefined, never),
        alignment: kernel.alignment(pair, undefined, never),
      };
    };
    for (const [name, recurrence] of all) {
      it(`find the same for ${name} whatever came before, to the last bit`, () => {
        const wanted = everything(recurrence);
        for (const [other, before] of all) {
          everything(before);
          assert.deepEqual(everything(recurrence), wanted, `after ${other}`);
          everything(before);
          assert.equal(valuesFor(recurrence, d).value(pair, undefined, never), wanted.value, `after ${other}`);
        }
      });
    }
  });
}
