import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  cdist,
  evaluate,
  InvalidInput,
  metrics,
  neighbors,
  pairs,
  subsequence,
  type Wanted,
} from '../../../src/core/index.ts';
import { kernelInstance } from '../../../src/core/kernels/simd/instance.ts';

/** A random walk of n steps of d values. */
const wandering = (n: number, d: number): number[][] =>
  Array.from({ length: n }, (_, i) => Array.from({ length: d }, (_, k) => Math.sin(i * (k + 1)) + i / 10));

/** The functions of the module that were called for while `run` ran. */
function calledBy(run: () => void): Set<string> {
  const instance = kernelInstance();
  const { wasm } = instance;
  const called = new Set<string>();
  instance.wasm = new Proxy(wasm, {
    get(target, name: string) {
      called.add(name);
      return target[name];
    },
  });
  run();
  instance.wasm = wasm;
  return called;
}

/** Everything that a metric gives for a pair, hard and soft, and its value for many pairs. */
function askAll(steps: number, d: number): void {
  const [s1, s2] = [wandering(steps, d), wandering(steps + 3, d).reverse()];
  for (const record of metrics) {
    const second = record.equalLengths ? s2.slice(0, steps) : s2;
    const { shape } = record.params;
    const variants: Record<string, unknown>[] = 'gamma' in shape ? [{ gamma: 0 }, { gamma: 1 }] : [{}];
    if ('independent' in shape) variants.push({ gamma: 0, independent: false });
    for (const params of variants) {
      for (const wanted of [{}, ...record.gives.map((extra): Wanted => ({ [extra]: true }))]) {
        try {
          evaluate(record, s1, second, params, wanted);
        } catch (error) {
          if (!(error instanceof InvalidInput && error.code === 'unsupported_extra')) throw error;
        }
      }
      cdist(record, [s1, s1], new Array(8).fill(second), params);
      for (const grad of [false, record.gives.includes('grad')]) {
        pairs(record, new Array(8).fill(s1), new Array(8).fill(second), params, { grad });
      }
      // Too few of a row to be computed with it.
      cdist(record, [s1, s1, s1], [second, second, second], params);
    }
  }
}

it('the module of the kernels exports nothing that no operation of the library calls', () => {
  const called = calledBy(() => {
    for (const d of [1, 2, 3, 4]) askAll(60, d);
    subsequence('dtw', [1, 2, 3], [0, 1, 2, 3, 4]);
    const dataset = [wandering(40, 1), wandering(60, 1), wandering(60, 1).reverse()];
    neighbors('dtw', dataset, dataset, {});
    // Short ones, for which candidates are looked at eight at a time; their ends are the same, so that first bounds leave many.
    for (const d of [1, 2]) {
      const one = wandering(24, d) as unknown[];
      const short = Array.from({ length: 20 }, (_, k) => [...one.slice(0, 4), ...one.slice(k, k + 4), ...one.slice(4)]);
      for (const metric of ['dtw', 'adtw']) neighbors(metric, short.slice(0, 2), short.slice(2));
    }
    evaluate('dtw', wandering(20, 1), wandering(20, 1), { sakoe_chiba_radius: 2 });
    // Several lengths in a band.
    const several = Array.from({ length: 8 }, (_, k) => wandering(20 + (k % 3), 1));
    cdist('dtw', several, several, { sakoe_chiba_radius: 3 });
    // Long enough for a path that keeps moves, and recomputes most of them.
    for (const metric of ['dtw', 'wdtw', 'frechet']) {
      for (const d of [1, 2]) evaluate(metric, wandering(250, d), wandering(250, d), {}, { path: true });
    }
    evaluate('msm', wandering(250, 1), wandering(250, 1), {}, { path: true });
    // Long enough for pairs of different rows of a matrix to be computed together.
    for (const metric of ['euclidean', 'manhattan', 'shift-scale-invariant']) {
      cdist(
        metric,
        [0, 1, 2].map(() => wandering(700, 1)),
      );
    }
    // Long enough for a soft gradient that keeps only a part of its sweep.
    evaluate('soft-dtw', wandering(1500, 1), wandering(1500, 1), {}, { grad: true });
    // Long enough for envelopes that are computed in steps. Last: the memory that it takes is released with the instance.
    const long = new Array<number>(2 ** 18 + 1).fill(1);
    neighbors('dtw', [long], [long, long], { sakoe_chiba_radius: 1 });
  });
  const exported = Object.keys(kernelInstance().wasm);
  const unused = exported.filter((name) => !called.has(name) && !atTheStart.includes(name));
  assert.deepEqual(unused, []);
});

/** Asked for when an instance is made, which it was before. */
const atTheStart = ['memory', 'heapBase'];
