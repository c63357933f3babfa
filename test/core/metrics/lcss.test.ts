import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cdist, evaluate } from '../../../src/core/index.ts';

// A value alone, and many of them, are counted by SIMD kernels in 16 bits; with a path, by plain loops over whole tables.

/** Series of n steps of d values with one decimal: many are exactly eps apart, or would be if decimals were exact. */
const series = (d: number, most: number) =>
  fc
    .array(fc.array(fc.integer({ min: -15, max: 15 }), { minLength: d, maxLength: d }), {
      minLength: 1,
      maxLength: most,
    })
    .map((steps) => steps.map((step) => step.map((x) => x / 10)));

const params = fc.record({
  eps: fc.constantFrom(0, 0.1, 0.3, 0.5, 1),
  metric: fc.constantFrom(null, 'euclidean', 'sqeuclidean', 'cityblock', 'chebyshev', 'minkowski', 'cosine'),
  sakoe_chiba_radius: fc.option(fc.integer({ min: 0, max: 12 })),
});

const cases = fc.constantFrom(1, 1, 2, 3).chain((d) =>
  fc.record({
    dataset1: fc.array(series(d, 40), { minLength: 1, maxLength: 4 }),
    dataset2: fc.array(series(d, 40), { minLength: 1, maxLength: 11 }),
    given: params,
  }),
);

describe('lcss', () => {
  it('is the same number with and without its path, one by one and in a matrix', () => {
    let some = 0;
    fc.assert(
      fc.property(cases, ({ dataset1, dataset2, given }) => {
        const { matrix } = cdist('lcss', dataset1, dataset2, given);
        for (const [k, s1] of dataset1.entries()) {
          for (const [l, s2] of dataset2.entries()) {
            const wanted = evaluate('lcss', s1, s2, given, { path: true }).value;
            assert.equal(evaluate('lcss', s1, s2, given).value, wanted);
            assert.equal(matrix[k]?.[l], wanted);
            if (wanted > 0 && wanted < 1) some++;
          }
        }
      }),
      { numRuns: 120 },
    );
    assert.ok(some > 200, `only ${some} were between 0 and 1`);
  });

  it('is the same in an Itakura band, whose corners no single step leads around', () => {
    const s1 = [1.73, 3.77, -3.78, 2.18];
    const s2 = [1.56, -3.61, 4.56];
    assert.equal(evaluate('lcss', s1, s2, { eps: 0.75, itakura_max_slope: 2 }).value, 2 / 3);
    assert.equal(evaluate('lcss', s1, s2, { eps: 0.75, itakura_max_slope: 2 }, { path: true }).value, 2 / 3);
  });

  it('matches what is exactly as far apart as eps, by the root of the squares', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 4 }), (step) => {
        const zeros = step.map(() => 0);
        const eps = Math.sqrt(step.reduce((sum, x) => sum + x * x, 0));
        const similarity = (eps: number) => evaluate('lcss', [step], [zeros], { eps }).value;
        assert.equal(similarity(eps), 1);
        assert.equal(similarity(eps * (1 - 2 ** -52)), Number(eps === 0));
        assert.equal(similarity(eps * (1 + 2 ** -52)), 1);
      }),
      { numRuns: 300 },
    );
  });

  it('counts further than 16 bits can', () => {
    const long = new Array<number>(32_768).fill(1);
    assert.equal(evaluate('lcss', long, [1, 1, 5], { eps: 0.5 }).value, 2 / 3);
    assert.equal(evaluate('lcss', [1, 1, 5], long, { eps: 0.5 }).value, 2 / 3);
  });
});
