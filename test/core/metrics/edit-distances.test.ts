import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { edr, erp, evaluate, lcss, msm } from '../../../src/core/index.ts';
import { closeTo } from '../../support/close-to.ts';

// Worked out by hand from the papers; test/core/enumeration compares all of them with every path.

const backends = ['numpy', 'tfjs'] as const;

describe('erp', () => {
  const erpOf = (s1: number[], s2: number[], be: (typeof backends)[number] = 'numpy') =>
    evaluate('erp', s1, s2, { be }, { grad: true, path: true });

  for (const be of backends) {
    it(`pays on the border for the steps so far, on ${be}`, () => {
      // 0.5 is skipped at the start of one series and at the end of the other.
      closeTo(erpOf([0.5, 3, 4, 5], [3, 4, 5, 0.5], be).value, 1);
      closeTo(erpOf([3, 0], [1, 3, 4, 4], be).value, 9);
    });

    it(`has the slope of a step skipped before the first pair, on ${be}`, () => {
      const { gradient, path } = erpOf([-2, 7, 8], [7, 8], be);
      assert.deepEqual(gradient, { s1: [-1, 0, 0], s2: [0, 0] });
      assert.deepEqual(path, [
        [0, 0],
        [1, 0],
        [2, 1],
      ]);
    });
  }

  it('is a metric: no detour by a third series is shorter', () => {
    const [a, b, c] = [
      [3, 0],
      [1, 3],
      [1, 3, 4, 4],
    ];
    assert.ok((erp(a, c) as number) <= (erp(a, b) as number) + (erp(b, c) as number));
  });
});

describe('edr', () => {
  for (const be of backends) {
    it(`counts every skipped step, also at the beginning, on ${be}`, () => {
      closeTo(evaluate('edr', [1, 2, 3, 4], [9, 9, 1, 2], { epsilon: 0.5, be }).value, 1);
      closeTo(evaluate('edr', [5, 1, 2, 3], [1, 2, 3], { epsilon: 0.5, be }).value, 0.25);
    });

    it(`matches steps that are epsilon apart in each channel, on ${be}`, () => {
      closeTo(evaluate('edr', [1], [1.5], { epsilon: 0.5, be }).value, 0);
      // Their Euclidean distance is 0.707.
      closeTo(evaluate('edr', [[1, 1]], [[1.5, 0.5]], { epsilon: 0.5, be }).value, 0);
      closeTo(evaluate('edr', [[1, 1]], [[1.5, 0.25]], { epsilon: 0.5, be }).value, 1);
    });

    it(`finds constant series equal if their constants are, by the default epsilon of 0, on ${be}`, () => {
      closeTo(evaluate('edr', [2, 2, 2], [2, 2, 2], { be }).value, 0);
      closeTo(evaluate('edr', [2, 2, 2], [3, 3, 3], { be }).value, 1);
    });
  }

  it('is 0 of a series and itself', () => assert.equal(edr([1, 5, 2], [1, 5, 2]), 0));
});

describe('lcss in a band', () => {
  it('continues from the diagonal if a pair does not match', () => {
    assert.equal(lcss([1, 9, 3, 4], [1, 2, 3, 4], { eps: 0, sakoe_chiba_radius: 0 }), 0.75);
  });

  it('continues from a pair across cells outside the band', () => {
    const { value, path } = evaluate(
      'lcss',
      [3, 3, 0, 1],
      [3, 0, 3, 1],
      { eps: 0, itakura_max_slope: 2.37 },
      { path: true },
    );
    assert.equal(value, 0.75);
    assert.deepEqual(path, [
      [0, 0],
      [2, 1],
      [3, 3],
    ]);
  });
});

describe('msm', () => {
  it('is the same for one channel, independent or not', () => {
    const [s1, s2] = [
      [1, 5, 2, 2, 7],
      [2, 4, 9, 1],
    ];
    for (const params of [{}, { c: 0.3 }, { gamma: 0.5 }, { sakoe_chiba_radius: 1 }]) {
      assert.equal(msm(s1, s2, { ...params, independent: false }), msm(s1, s2, { ...params, independent: true }));
    }
    const rows = s1.map((x) => [x]);
    for (const be of backends) {
      const [one, other] = [true, false].map((independent) =>
        evaluate('msm', rows, s2, { independent, be }, { grad: true, path: true }),
      );
      assert.deepEqual(one, other);
    }
  });
});
