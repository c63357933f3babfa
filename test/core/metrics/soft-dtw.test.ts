import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dtw, evaluate, softDtw } from '../../../src/core/index.ts';
import { closeTo, largest } from '../../support/close-to.ts';
import { inputKindTests } from '../../support/input-kind-tests.ts';
import { tensorGradientTests } from '../../support/tensor-gradient-tests.ts';

const s1 = [0.3, -1.2, 2.1, 0.4, 0.5];
const s2 = [0.1, -1, -1.1, 2.5];
const squared = dtw(s1, s2) ** 2;

describe('soft-dtw', () => {
  // As tslearn on PyTorch prints them for gamma 1, to four places; these are sums over all 13 alignments, written out.
  const known = {
    value: 41.1876273114,
    gradient: { s1: [-4.00006083, -2.28523325, 10.16433083], s2: [5.83566371, 2.28529954, -12] },
  };
  inputKindTests(softDtw, known);
  tensorGradientTests(softDtw, known);

  for (const be of ['numpy', 'tfjs'] as const) {
    const tolerance = { relative: be === 'numpy' ? 1e-12 : 1e-6 };
    const value = (gamma: number) => evaluate('soft-dtw', s1, s2, { gamma, be }).value;

    it(`is dtw squared with gamma 0, on ${be}`, () => {
      closeTo(value(0), squared, tolerance);
    });
    it(`tends to dtw squared as gamma tends to 0, on ${be}`, () => {
      closeTo(value(1e-6), squared, { absolute: 1e-5 });
    });
    for (const gamma of [1e-300, 1e-40, 1e-30]) {
      it(`is dtw squared, with its gradient, when gamma is ${gamma}, on ${be}`, () => {
        const soft = evaluate('soft-dtw', s1, s2, { gamma, be }, { grad: true, alignment: true });
        const hard = evaluate('soft-dtw', s1, s2, { gamma: 0, be }, { grad: true, alignment: true });
        closeTo(soft.value, squared, tolerance);
        closeTo(soft.gradient?.s1, hard.gradient?.s1 as number[], { absolute: 1e-5 });
        closeTo(soft.gradient?.s2, hard.gradient?.s2 as number[], { absolute: 1e-5 });
        closeTo(soft.alignment, hard.alignment as number[][], { absolute: 1e-6 });
      });
    }
    it(`is -gamma log(number of alignments) when gamma is huge, on ${be}`, () => {
      closeTo(value(1e6), -1e6 * Math.log(129), { relative: 1e-5 }); // 129 = Delannoy number D(4, 3)
      const { gradient } = evaluate('soft-dtw', s1, s2, { gamma: 1e6, be }, { grad: true });
      assert.ok(largest([gradient?.s1 ?? [], gradient?.s2 ?? []]) < 20);
    });
    it(`has finite gradients at ties with a tiny gamma, on ${be}`, () => {
      const { gradient } = evaluate('soft-dtw', [1, 1, 1], [1, 1], { gamma: 1e-300, be }, { grad: true });
      closeTo(gradient?.s1, [0, 0, 0]);
    });
    it(`may be very negative, and says so with its sign, on ${be}`, () => {
      const flat = new Array<number>(60).fill(0);
      const found = evaluate('soft-dtw', flat, flat, { gamma: 100, be }, { grad: true });
      closeTo(found.value, -100 * logDelannoy(59), { relative: 1e-5 });
      closeTo(found.gradient?.s1, flat);
    });
  }

  it('has an alignment of zeros and ones with gamma 0', () => {
    const { alignment } = evaluate('soft-dtw', s1, s2, { gamma: 0 }, { alignment: true });
    const cells = (alignment ?? []).flatMap((row, i) => row.flatMap((share, j) => (share === 1 ? [[i, j]] : [])));
    assert.deepEqual(cells, evaluate('dtw', s1, s2, {}, { path: true }).path);
  });
});

/** log of the number of alignments of two series of n + 1 steps: D(n, n), by D(i, j) = D(i-1, j-1) + D(i-1, j) + D(i, j-1). */
function logDelannoy(n: number): number {
  let row = new Array<bigint>(n + 1).fill(1n);
  for (let i = 1; i <= n; i++) {
    const next = [1n];
    for (let j = 1; j <= n; j++) next.push((row[j - 1] as bigint) + (row[j] as bigint) + (next[j - 1] as bigint));
    row = next;
  }
  return Math.log(Number(row[n]));
}
