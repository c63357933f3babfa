import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type BackendName,
  cdist,
  evaluate,
  InvalidInput,
  type MetricRecord,
  metrics,
  neighbors,
} from '../../../src/core/index.ts';
import { readParams } from '../../../src/core/metric/params.ts';
import { coarse, generic, type PairOfSeries, pairs, paramsOf } from '../../support/arbitraries.ts';
import { closeTo } from '../../support/close-to.ts';
import type { Judge, Params, Verdict } from './judge.ts';
import { judges } from './judges.ts';
import type { Step } from './local-costs.ts';

// Every recurrence is compared with its definition: the best, or the soft minimum, over all admissible paths, each walked and its cost summed.

/** Pairs for each metric. ENUMERATION_PAIRS=10000 tries more. */
const PAIRS = Number(process.env.ENUMERATION_PAIRS ?? 200);
const LONGEST = 6;
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261126) });

const steps = (s: PairOfSeries['s1']): Step[] => s.map((step) => (typeof step === 'number' ? [step] : step));

/** The metric's parameters, and where one is an array, values that fit the series. */
function given(record: MetricRecord): fc.Arbitrary<[PairOfSeries, Params]> {
  // Slopes have two steps less.
  const longest = record.prepare === 'derivative' ? LONGEST + 2 : LONGEST;
  const series = fc.oneof(pairs(generic, longest, 2), pairs(coarse, longest, 2));
  return fc
    .tuple(series, paramsOf(record, 0.05), fc.boolean(), fc.array(coarse, { minLength: 2, maxLength: 2 }))
    .map(([pair, params, byChannel, g]): [PairOfSeries, Params] => {
      if (record.name === 'erp' && byChannel) params.g = g.slice(0, (steps(pair.s1)[0] as Step).length);
      if ('metric' in params && params.metric !== 'minkowski') params.p = null;
      return [pair, params];
    });
}

/** What the judge says, or undefined if it and the metric agree that there is no result. */
function verdictOf(record: MetricRecord, judge: Judge, { s1, s2 }: PairOfSeries, params: Params): Verdict | undefined {
  const tooShort = record.prepare === 'derivative' && Math.min(s1.length, s2.length) < 3;
  let full: Params;
  try {
    full = readParams(record, params);
    if (tooShort) throw new InvalidInput('too short', [], 'too_short');
    const verdict = judge(steps(s1), steps(s2), full);
    if (verdict !== undefined) return verdict;
    assert.throws(() => evaluate(record, s1, s2, params), { code: /^infeasible_(constraint|length)$/ });
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    assert.throws(() => evaluate(record, s1, s2, params), InvalidInput);
  }
  return undefined;
}

const isHard = ({ params }: MetricRecord, { gamma = 0 }: Params): boolean => !('gamma' in params.shape) || gamma === 0;

/** How far float32 may be from the definition: the terms that cancel are as large as this. */
function roughly(be: BackendName, { s1, s2 }: PairOfSeries, { gamma = 1 }: Params) {
  if (be === 'numpy') return { relative: 1e-9, absolute: 1e-9 };
  const largest = Math.max(...steps(s1).flat().map(Math.abs), ...steps(s2).flat().map(Math.abs));
  return { relative: 1e-5, absolute: 2e-6 * (1 + largest ** 2 + gamma) * (s1.length + s2.length) };
}

for (const record of metrics) {
  const { name, backends, gives } = record;
  const judge = judges[name];

  if (judge === undefined) {
    if (record.recurrence === undefined) continue;
    it(`${name} has a judge`, () => {
      assert.fail(
        `${name} is a recurrence and nothing judges it: say in test/core/enumeration/judges.ts what it costs`,
      );
    });
    continue;
  }

  describe(`${name} is the best of all admissible paths`, () => {
    it(`in value${gives.includes('path') ? ' and path' : ''}`, (test) => {
      const seen = { compared: 0, infeasible: 0, paths: 0 };
      const run = fc.property(given(record), fc.nat(3), ([pair, params], turn) => {
        const verdict = verdictOf(record, judge, pair, params);
        if (verdict === undefined) {
          seen.infeasible++;
          return;
        }
        seen.compared++;
        const traced = gives.includes('path') && isHard(record, params);
        for (const be of backends) {
          // tfjs is slow: a quarter of the pairs is enough.
          if (be !== 'numpy' && turn > 0) continue;
          for (const compute_with_backend of be === 'numpy' ? [true] : [true, false]) {
            const tolerance = roughly(be, pair, params);
            const all = { ...params, be, compute_with_backend };
            closeTo(evaluate(record, pair.s1, pair.s2, all).value, verdict.value, tolerance);
            if (!traced || !hasOnePath(record, pair, params)) continue;
            const { value, path = [] } = evaluate(record, pair.s1, pair.s2, all, { path: true });
            closeTo(value, verdict.value, tolerance);
            if (verdict.valueAlong === undefined) continue;
            seen.paths++;
            const along = verdict.valueAlong(path);
            assert.ok(along !== undefined, `${JSON.stringify(path)} is no admissible path`);
            closeTo(along, verdict.value, tolerance, 'along the path');
          }
        }
      });
      fc.assert(run, { numRuns: PAIRS });
      test.diagnostic(JSON.stringify(seen));
      assert.ok(seen.compared > PAIRS / 3, 'most pairs must be comparable');
    });

    it('in a matrix and among neighbours', () => {
      const three = fc
        .tuple(given(record), given(record), given(record))
        .filter((all) => new Set(all.map(([{ s1 }]) => (steps(s1)[0] as Step).length)).size === 1);
      const run = fc.property(three, (all) => {
        const [first, second] = [all.map(([{ s1 }]) => s1), all.map(([{ s2 }]) => s2)];
        const params = all[0][1];
        const table: number[][] = [];
        for (const s1 of first) {
          const row = second.map((s2) => verdictOf(record, judge, { s1, s2 }, params));
          if (row.some((verdict) => verdict === undefined)) return;
          table.push(row.map((verdict) => (verdict as Verdict).value));
        }
        for (const be of backends) {
          const tolerance = roughly(be, { s1: first.flat() as number[], s2: second.flat() as number[] }, params);
          closeTo(cdist(record, first, second, { ...params, be }).matrix, table, tolerance);
        }
        const nearest = neighbors(record, first, second, { ...params, k: 2 });
        for (const [q, row] of table.entries()) {
          const order = row.slice().sort((a, b) => (record.similarity ? b - a : a - b));
          closeTo(nearest.values[q] as number[], order.slice(0, 2), roughly('numpy', { s1: [], s2: [] }, {}));
          const found = (nearest.indices[q] as number[]).map((l) => row[l] as number);
          closeTo(found, order.slice(0, 2), roughly('numpy', { s1: [], s2: [] }, {}));
        }
      });
      fc.assert(run, { numRuns: Math.ceil(PAIRS / 15) });
    });
  });
}

it('there is no judge for a metric that does not exist', () => {
  const names = metrics.map(({ name }) => name);
  assert.deepEqual(
    Object.keys(judges).filter((name) => !names.includes(name)),
    [],
  );
});

/** Channels that are aligned on their own have no common path. */
function hasOnePath(record: MetricRecord, { s1 }: PairOfSeries, params: Params): boolean {
  return !record.perChannel?.(readParams(record, params)) || (steps(s1)[0] as Step).length === 1;
}
