import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { pointwise } from '../../../src/core/engines/solvers/pointwise.ts';
import { euclidean, evaluate, minkowski, sax, saxTransform } from '../../../src/core/index.ts';
import { closeTo } from '../../support/close-to.ts';

describe('minkowski with weights', () => {
  const [s1, s2] = [
    [1, 2, 3],
    [3, 5, 3],
  ];
  for (const be of ['numpy', 'tfjs'] as const) {
    it(`multiplies each power by its weight, on ${be}`, () => {
      const found = evaluate('minkowski', s1, s2, { p: 3, w: [2, 0.5, 9], be }, { grad: true });
      // 2 * 8 + 0.5 * 27 = 29.5; d/dx of its cube root: -w |x - y|^2 / 29.5^(2/3).
      closeTo(found.value, 29.5 ** (1 / 3), { relative: 1e-6 });
      closeTo(
        found.gradient?.s1 as number[],
        [-8, -4.5, 0].map((x) => x / 29.5 ** (2 / 3)),
        { absolute: 1e-6 },
      );
      closeTo(evaluate('minkowski', s1, s2, { p: 1, w: [1, 0, 1], be }).value, 2);
    });

    it(`takes one weight for each value of a step, or one for all of them, on ${be}`, () => {
      const rows = (s: number[]) => s.map((x) => [x, 2 * x]);
      const [a, b] = [rows(s1), rows(s2)];
      const each = evaluate('minkowski', a, b, { be, w: [[1, 0], [0, 0], [5, 5]] }); // biome-ignore format: rows
      closeTo(each.value, 2);
      closeTo(evaluate('minkowski', a, b, { be, w: [1, 0, 7] }).value, Math.sqrt(4 + 16), { relative: 1e-6 });
    });
  }

  for (const be of ['numpy', 'tfjs'] as const) {
    it(`has its value and gradient where the powers have no room in numbers, on ${be}`, () => {
      for (const unit of be === 'numpy' ? [1e-5, 1, 1e150] : [1e-5, 1, 1e15]) {
        const [a, b] = [
          [3 * unit, unit, 5],
          [0, -3 * unit, 5],
        ];
        const p = unit === 1e150 ? 3 : 99;
        const { value, gradient } = evaluate('minkowski', a, b, { p, be, w: [1, 1, 0] }, { grad: true });
        const plain = (3 ** p + 4 ** p) ** (1 / p);
        closeTo(value / unit, plain, { relative: 1e-5 });
        closeTo(gradient?.s1, [(3 / plain) ** (p - 1), (4 / plain) ** (p - 1), 0], { absolute: 1e-4 });
      }
      const none = evaluate('minkowski', [1, 2], [1, 2], { p: 99, be }, { grad: true });
      assert.deepEqual([none.value, Array.from(none.gradient?.s1 as number[])], [0, [0, 0]]);
    });

    it(`is such a cost of steps too, on ${be}`, () => {
      for (const unit of be === 'numpy' ? [1e-5, 1, 1e150] : [1e-5, 1, 1e15]) {
        for (const one of [[3], [3, 4]]) {
          const p = unit === 1e150 ? 3 : 99;
          const s1 = [one.map((x) => x * unit)];
          const s2 = [one.map(() => 0)];
          const { value, gradient } = evaluate('dtw', s1, s2, { metric: 'minkowski', p, be }, { grad: true });
          const plain = one.reduce((sum, x) => sum + x ** p, 0) ** (1 / p);
          closeTo(value / unit, plain, { relative: 1e-5 });
          closeTo(gradient?.s1, [one.map((x) => (x / plain) ** (p - 1))], { absolute: 1e-4 });
        }
      }
    });
  }

  it('can be stopped where the powers have no room too', () => {
    const of = (x: number) => ({
      data: new Float64Array(100_000).fill(x),
      n: 100_000,
      d: 1,
      sz: 100_000,
      ndim: 1 as const,
    });
    let polls = 0;
    const stopped = () => {
      // Both passes over the values look at least once in 20,000.
      if (++polls === 9) throw new Error('stopped');
    };
    assert.throws(() => pointwise(3, true).solve(of(1e200), of(0), {}, stopped), /stopped/);
  });

  it('is plain minkowski for weights of 1, and scales with them', () => {
    const plain = minkowski(s1, s2, { p: 1.5 }) as number;
    assert.equal(minkowski(s1, s2, { p: 1.5, w: [1, 1, 1] }), plain);
    closeTo(minkowski(s1, s2, { p: 1.5, w: [8, 8, 8] }) as number, 4 * plain, { relative: 1e-12 });
  });

  it('obeys the triangle inequality, whatever the weights', () => {
    const number = fc.integer({ min: -50, max: 50 }).map((x) => x / 10);
    const step = fc.tuple(number, number, number, fc.integer({ min: 0, max: 9 }));
    const holds = fc.property(
      fc.array(step, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 10, max: 60 }),
      (all, p) => {
        const [x, y, z, w] = [0, 1, 2, 3].map((k) => all.map((one) => one[k])) as [
          number[],
          number[],
          number[],
          number[],
        ];
        const way = (a: number[], b: number[]) => minkowski(a, b, { p: p / 10, w }) as number;
        assert.ok(way(x, z) <= (way(x, y) + way(y, z)) * (1 + 1e-12));
      },
    );
    fc.assert(holds, { numRuns: 300 });
  });

  it('refuses weights that do not fit the series, and says where', () => {
    const refused = (w: number[] | number[][], path: (string | number)[]) =>
      assert.throws(() => minkowski(s1, s2, { w }), { name: 'InvalidInput', path });
    refused([1, 2], ['w']);
    refused([[1], [1, 2], [1]], ['w', 1]);
    assert.throws(() => minkowski(s1, s2, { w: [1, -1, 1] }), { name: 'InvalidInput' });
  });
});

describe('sax of any length', () => {
  const words = (series: number[], n_segments: number) =>
    saxTransform([series], { n_segments, alphabet_size_avg: 4 }).symbols[0]?.flat();

  it('splits a step between the two segments that it lies in', () => {
    // Segments of 1.5 steps: (-9 + 3 / 2) / 1.5 = -5 and (3 / 2 + 6) / 1.5 = 5.
    assert.deepEqual(words([-9, 3, 6], 2), [0, 3]);
    // Of five steps in two segments the third counts half in each: 5 / 2 / 2.5 = 1 on both sides.
    assert.deepEqual(words([0, 0, 5, 0, 0], 2), [3, 3]);
    // The last step counts: (2 / 3 - 9) / (5 / 3) = -5.
    assert.deepEqual(words([1, 1, 1, 1, -9], 3), [3, 3, 0]);
  });

  it('gives a segment whose mean is 0 the symbol above 0, wherever its steps are split', () => {
    // Segments of 7 / 3 steps: (2 * 4 / 3 - 4 + 2 / 3 * 2) = 0 in the middle.
    assert.deepEqual(words([1, 3, 2, -2, 1, 0, 3], 3), [3, 2, 3]);
    const balanced = fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
      (n, at, c) => {
        const segments = 1 + (at % n);
        // Whole numbers whose weighted sum over the first segment is 0: n units, of which each step has its part.
        const parts = Array.from({ length: n }, (_, i) => Math.max(0, Math.min(n, (i + 1) * segments) - i * segments));
        const inside = parts.filter((part) => part > 0).length;
        if (inside < 2) return;
        const steps = new Array<number>(n).fill(7);
        for (let i = 0; i < inside; i++) steps[i] = 0;
        steps[0] = c * (parts[inside - 1] as number);
        steps[inside - 1] = -c * (parts[0] as number);
        assert.equal(words(steps, segments)?.[0], 2);
      },
    );
    fc.assert(balanced, { numRuns: 500 });
  });

  it('counts every step once', () => {
    const once = fc.property(fc.integer({ min: 1, max: 40 }), fc.nat(), (n, at) => {
      const segments = 1 + (at % n);
      const one = new Array<number>(n).fill(0);
      one[at % n] = 1e6;
      // A step that counts anywhere lifts at least one segment above the highest border.
      assert.ok(words(one, segments)?.includes(3));
    });
    fc.assert(once, { numRuns: 200 });
  });

  it('refuses breakpoints that decrease, and segments of series that are symbols already', () => {
    const refused = (params: object, path: (string | number)[]) =>
      assert.throws(() => sax([1, 1], [1, 2], params), { name: 'InvalidInput', code: 'unfit_parameter', path });
    refused({ breakpoints_avg: [0, 1, 0.5] }, ['breakpoints_avg', 2]);
    refused({ breakpoints_avg: [0, 1], n_segments: 2 }, ['n_segments']);
    assert.equal(sax([0, 2], [2, 0], { breakpoints_avg: [0, 1], size_fitted: 8 }), Math.sqrt((8 / 2) * 2));
  });

  it('is never above the Euclidean distance', () => {
    const value = fc.integer({ min: -3000, max: 3000 }).map((x) => x / 1000);
    const pair = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 30 });
    const below = fc.property(pair, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 2, max: 12 }), (steps, w, a) => {
      const [x, y] = [steps.map(([one]) => one), steps.map(([, other]) => other)];
      const found = sax(x, y, { n_segments: Math.min(w, x.length), alphabet_size_avg: a }) as number;
      assert.ok(found <= (euclidean(x, y) as number) + 1e-9);
    });
    fc.assert(below, { numRuns: 500 });
  });
});
