import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cdist, evaluate, metrics, neighbors } from '../../../src/core/index.ts';
import { coarse, constraints, generic, pairs } from '../../support/arbitraries.ts';
import { toleranceOf } from '../../support/backend-tolerance.ts';
import { closeTo } from '../../support/close-to.ts';

const taking = metrics.filter(({ params }) => 'metric' in params.shape);

/** The distance of each pair of steps. */
const costsOf = (s1: readonly number[][], s2: readonly number[][]): number[][] =>
  s1.map((x) => s2.map((y) => x.reduce((sum, value, k) => sum + Math.abs(value - y[k]), 0)));

const sumAlong = (costs: readonly number[][], path: readonly (readonly number[])[] = []): number =>
  path.reduce((sum, [i, j]) => sum + (costs[i as number]?.[j as number] as number), 0);

/** Pairs whose costs are summed exactly, and pairs where sums are rounded. */
const exact = pairs(coarse, 8).map((pair) => ({ ...pair, isExact: true }));
const rounded = pairs(generic, 8).map((pair) => ({ ...pair, isExact: false }));

describe('precomputed costs', () => {
  assert.notEqual(taking.length, 0);
  for (const record of taking) {
    const wanted = { path: record.gives.includes('path'), alignment: record.gives.includes('alignment') };
    for (const be of record.backends) {
      it(`give ${record.name} the result of the series they were computed from, on ${be}`, () => {
        fc.assert(
          fc.property(fc.oneof(rounded, exact), constraints, ({ s1, s2, isExact }, constraint) => {
            const of = (a: unknown, b: unknown, metric: string) =>
              evaluate(record, a, b, { ...constraint, metric, be }, wanted);
            const rows = (s: readonly (number | number[])[]) => s.map((x) => (Array.isArray(x) ? x : [x]));
            let named: ReturnType<typeof of>;
            try {
              named = of(s1, s2, 'cityblock');
            } catch {
              return; // an infeasible constraint
            }
            const costs = costsOf(rows(s1), rows(s2));
            const found = of(costs, undefined, 'precomputed');
            closeTo(found.value, named.value, toleranceOf({ be, record }).value);
            if (be === 'numpy' && (isExact || record.name !== 'dtw')) assert.deepEqual(found.path, named.path);
            // Of two paths whose sums differ by rounding alone, either is optimal.
            else if (be === 'numpy')
              closeTo(sumAlong(costs, found.path), sumAlong(costs, named.path), { relative: 1e-14 });
            if (named.alignment) closeTo(found.alignment, named.alignment, toleranceOf({ be, record }).share);
          }),
          { numRuns: be === 'numpy' ? 200 : 20 },
        );
      });

      if (!record.gives.includes('grad')) continue;
      it(`have a gradient of their own under ${record.name}: the shares of the cells, on ${be}`, () => {
        const costs = [
          [1, 4, 2.5],
          [3, 0.5, 7],
        ];
        const at = (matrix: number[][]) => evaluate(record, matrix, undefined, { metric: 'precomputed' }).value;
        const { gradient } = evaluate(record, costs, undefined, { metric: 'precomputed', be }, { grad: true });
        assert.equal(gradient?.s2, undefined);
        const central = costs.map((row, i) =>
          row.map((_, j) => {
            const moved = (by: number) => costs.map((r, a) => r.map((c, b) => (a === i && b === j ? c + by : c)));
            return (at(moved(1e-4)) - at(moved(-1e-4))) / 2e-4;
          }),
        );
        closeTo(gradient?.s1, central, { absolute: be === 'numpy' ? 1e-7 : 1e-5 });
      });
    }
  }

  it('are one matrix without gaps, and of one pair', () => {
    const of = (s1: unknown, s2?: unknown) => evaluate('dtw', s1, s2, { metric: 'precomputed' });
    assert.throws(() => of([1, 2]), { path: ['s1'], message: /rows of costs/ });
    assert.throws(() => of([[1, 2], [3]]), { path: ['s1', 1] });
    assert.throws(() => of([[1, null]]), { path: ['s1', 0, 1] });
    assert.throws(() => of([[1, 2], [null, null]]), { path: ['s1', 1] }); // biome-ignore format: one row a line
    assert.throws(() => of([[1]], [1]), { path: ['s2'] });
    assert.throws(() => evaluate('dtw', [1], undefined), { path: ['s2'] });
    assert.throws(() => cdist('dtw', [[1]], undefined, { metric: 'precomputed' }), { path: ['metric'] });
    assert.throws(() => neighbors('dtw', [[1]], [[1]], { metric: 'precomputed' }), { path: ['metric'] });
  });
});
