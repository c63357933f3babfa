import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kernelAlignment } from '../../page/data/kernel-alignment.ts';
import { evaluate } from '../../src/core/index.ts';

type Cell = readonly [i: number, j: number];

/** All alignments from the first pair to (i, j). */
const pathsTo = (i: number, j: number): Cell[][] => {
  if (i < 0 || j < 0) return [];
  if (i === 0 && j === 0) return [[[0, 0]]];
  const before = [...pathsTo(i - 1, j - 1), ...pathsTo(i - 1, j), ...pathsTo(i, j - 1)];
  return before.map((path) => [...path, [i, j]]);
};

describe('the soft alignment of a kernel', () => {
  it('is the share of the kernel that comes from the alignments through each pair', () => {
    const [s1, s2, sigma] = [[0, 1.5, 0.5, -1], [0.3, 1, -0.8], 0.7];
    const local = (i: number, j: number) => {
      const g = Math.exp(-(((s1[i] as number) - (s2[j] as number)) ** 2) / (2 * sigma ** 2));
      return g / (2 - g);
    };
    const paths = pathsTo(3, 2).map((path) => ({ path, product: path.reduce((all, [i, j]) => all * local(i, j), 1) }));
    const kernel = paths.reduce((sum, { product }) => sum + product, 0);
    const { value } = evaluate('unnormalized-gak', s1, s2, { sigma });
    assert.ok(Math.abs(kernel - value) < 1e-12 * value);
    const { rows, columns, values } = kernelAlignment(s1, s2, sigma);
    assert.deepEqual([rows, columns], [4, 3]);
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 3; j++) {
        const through = paths.filter(({ path }) => path.some(([a, b]) => a === i && b === j));
        const share = through.reduce((sum, { product }) => sum + product, 0) / kernel;
        assert.ok(Math.abs((values[3 * i + j] as number) - share) < 1e-12, `${i}, ${j}`);
      }
    }
  });

  it('neither overflows nor underflows, and takes all channels into account', () => {
    const wave = Array.from({ length: 200 }, (_, t) => [100 * Math.sin(t / 9), t]);
    const { values } = kernelAlignment(wave, wave.slice(20), 0.1);
    assert.ok(values.every((weight) => weight >= 0 && weight <= 1 + 1e-4));
    assert.ok(Math.abs((values[0] as number) - 1) < 1e-4 && Math.abs((values.at(-1) as number) - 1) < 1e-4);
  });
});
