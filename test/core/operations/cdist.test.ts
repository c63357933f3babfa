import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cdist, evaluate, InvalidInput, metrics } from '../../../src/core/index.ts';

// Many pairs are computed together. What a pair has for a value must not depend on that.

/** Series of integers, of one or more values per step, so that nothing is near a tie without being one. */
const dataset = (count: number, lengths: fc.Arbitrary<number>, d: number) =>
  fc.array(
    lengths.chain((n) =>
      fc.array(
        fc.array(
          fc.integer({ min: -20, max: 20 }).map((x) => x / 4),
          { minLength: d, maxLength: d },
        ),
        {
          minLength: n,
          maxLength: n,
        },
      ),
    ),
    { minLength: 1, maxLength: count },
  );

const datasets = fc
  .record({ d: fc.constantFrom(1, 1, 2), equal: fc.boolean(), n: fc.integer({ min: 3, max: 40 }) })
  .chain(({ d, equal, n }) => {
    const lengths = equal ? fc.constant(n) : fc.integer({ min: 3, max: 40 });
    return fc.record({ first: dataset(5, lengths, d), second: fc.option(dataset(21, lengths, d)) });
  });

for (const record of metrics.filter(
  (one) => one.backends.includes('numpy') && !one.equalLengths && !one.mixedFeatures,
)) {
  describe(`the matrix of ${record.name}`, () => {
    it('has the values of single pairs, to the last bit', () => {
      const has = (name: string) => name in record.params.shape;
      const params = fc.record({
        ...(has('sakoe_chiba_radius') && { sakoe_chiba_radius: fc.constantFrom(null, 1, 5) }),
        ...(has('gamma') && { gamma: fc.constantFrom(0, 0.5) }),
      });
      fc.assert(
        fc.property(datasets, params, ({ first, second }, params) => {
          let matrix: number[][];
          const columns = second ?? first;
          try {
            ({ matrix } = cdist(record, first, second, params));
          } catch (error) {
            assert.ok(error instanceof InvalidInput);
            return;
          }
          for (let k = 0; k < first.length; k++) {
            for (let l = second ? 0 : k + 1; l < columns.length; l++) {
              const { value } = evaluate(record, first[k], columns[l], params);
              assert.equal(matrix[k]?.[l], value, `${k}, ${l}`);
            }
          }
        }),
        { numRuns: 25 },
      );
    });
  });
}

describe('a matrix with a pair that has no value', () => {
  const at = (error: unknown) => error instanceof InvalidInput && error.path.join('/');
  const short = (n: number) => Array.from({ length: n }, (_, i) => i % 3);

  it('names the first such pair, whichever pairs are computed together', () => {
    const second = Array.from({ length: 20 }, () => short(9));
    second[17] = short(2);
    second[11] = short(1);
    assert.throws(
      () => cdist('ddtw', [short(9), short(8)], second),
      (error) => at(error) === 'dataset2/11',
    );
    const large = second.map((s) => s.map((x) => x * 1e200));
    assert.throws(
      () => cdist('dtw', [short(9), short(8)], [...large.slice(0, 3).map((s) => s.map(() => 0)), ...large]),
      /here s1 is dataset1\/0 and s2 is dataset2\/3/,
    );
  });
});
