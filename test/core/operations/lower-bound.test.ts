import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dtw, lbEnvelope, lbKeogh, lowerBound } from '../../../src/core/index.ts';
import { itakuraBand, sakoeChibaBand } from '../../../src/core/metric/band.ts';
import { envelope } from '../../../src/core/operations/lower-bound/envelope.ts';
import { coarse, generic, pairs } from '../../support/arbitraries.ts';
import { closeTo } from '../../support/close-to.ts';
import { type FixtureCase, fixtureFiles } from '../../support/read-fixtures.ts';

const rows = (series: unknown) => (series as number[]).map((x) => [x]);

describe('the lower bound', () => {
  it('is never above dtw with that radius, of any lengths and channels', () => {
    const any = fc.oneof(pairs(generic, 30), pairs(coarse, 30));
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 9 }), ({ s1, s2 }, radius) => {
        const { value } = lowerBound('dtw', s1, s2, { radius });
        assert.ok(value <= dtw(s1, s2, { sakoe_chiba_radius: radius }) * (1 + 1e-12));
      }),
      { numRuns: 300 },
    );
  });

  it('has an envelope of the smallest and the largest value in each window, of a band of any kind and width', () => {
    const size = fc.integer({ min: 1, max: 40 });
    const value = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -1e9, max: 1e9, noNaN: true }));
    fc.assert(
      fc.property(size, size, fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 3 }), (rows, n, radius, d) => {
        const [data] = fc.sample(fc.array(value, { minLength: n * d, maxLength: n * d }), 1) as [number[]];
        for (const band of [sakoeChibaBand(rows, n, radius), ...(rows === n ? [itakuraBand(n, n, 2 + radius)] : [])]) {
          const { lower, upper } = envelope({ data: Float64Array.from(data), n, d }, band);
          for (let i = 0; i < rows; i++) {
            for (let channel = 0; channel < d; channel++) {
              const window = data.filter((_, k) => k % d === channel).slice(band.lo[i], band.hi[i] + 1);
              // Adding 0 makes 0 of -0, which is as small.
              assert.equal(lower[i * d + channel] + 0, Math.min(...window) + 0);
              assert.equal(upper[i * d + channel] + 0, Math.max(...window) + 0);
            }
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('returns an envelope in the shape of s2, one row for each step of s1', () => {
    assert.deepEqual(lowerBound('dtw', [5, 0, 1], [1, 2, 3]).envelope, { lower: [1, 1, 2], upper: [2, 3, 3] });
    assert.deepEqual(lowerBound('dtw', [[5], [0]], [[1], [2], [3]], { radius: 0 }).envelope, {
      lower: [[1], [2]],
      upper: [[2], [3]],
    });
  });

  it('refuses what it cannot serve, and says where', () => {
    assert.throws(() => lowerBound('msm', [1], [1]), { path: ['metric'], message: /msm has no lower-bound.*dtw/ });
    assert.throws(() => lowerBound('dtw', [1], [1], { be: 'tfjs' }), { path: ['be'] });
    assert.throws(() => lowerBound('dtw', [1], [1], { radius: -1 }), { path: ['radius'] });
    assert.throws(() => lowerBound('dtw', [1e200], [-1e200]), { code: 'out_of_range' });
  });

  it("has tslearn's functions: an envelope in the shape of its series, and a bound by it or by the candidate", () => {
    const [query, candidate] = [
      [5, 0, 1, 2],
      [1, 2, 3, 0],
    ];
    const envelope = lbEnvelope(candidate, { radius: 1 });
    assert.deepEqual(envelope, { lower: [1, 1, 0, 0], upper: [2, 3, 3, 3] });
    assert.deepEqual(lbEnvelope([[1], [2], [null]]), { lower: [[1], [1]], upper: [[2], [2]] });
    assert.equal(lbKeogh(query, null, { envelope_candidate: envelope }), Math.sqrt(10));
    assert.equal(lbKeogh(query, candidate), Math.sqrt(10));
    assert.equal(lbKeogh(query, candidate, { radius: 0 }), lowerBound('dtw', query, candidate, { radius: 0 }).value);
  });

  it('has the bound of tslearn from an envelope', () => {
    const [{ args, expected }] = fixtureFiles().flatMap(({ name, cases }) => (name === 'envelope' ? cases : [])) as [
      FixtureCase,
    ];
    const [lower, upper] = args.envelope_candidate as [number[][], number[][]];
    const value = lbKeogh(rows(args.ts_query), null, { envelope_candidate: { lower, upper } });
    closeTo(value, expected.value as number, { relative: 1e-9 });
  });

  it('refuses there, too', () => {
    const refused = (path: (string | number)[], run: () => unknown) =>
      assert.throws(run, { name: 'InvalidInput', path });
    refused(['radius'], () => lbEnvelope([1, 2], { radius: 0.5 }));
    refused(['ts', 0], () => lbEnvelope(['1'], { radius: 1 }));
    refused(['radius'], () => lbKeogh([1, 2], [1, 2], { radius: -1 }));
    refused(['ts_candidate'], () => lbKeogh([1, 2], null));
    refused(['ts_candidate'], () => lbKeogh([1, 2], [[1, 2]]));
    const envelope_candidate = lbEnvelope([1, 2, 3]);
    refused(['envelope_candidate', 'lower'], () => lbKeogh([1, 2], null, { envelope_candidate }));
  });
});
