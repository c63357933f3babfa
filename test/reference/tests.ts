import assert from 'node:assert/strict';
import { it } from 'node:test';
import { metricRecord } from '../../src/core/index.ts';
import { type Expected, fixtureFiles } from '../support/read-fixtures.ts';
import type { Ask, Run } from './kind.ts';
import { kinds } from './kinds.ts';

// What a fixture's function asks of Warpserve, and how close the result must be: for the library and the service alike.

/** Asks what a case asks and compares the answers. Throws what `ask` throws. */
async function compare(run: Run, expected: Expected, ask: Ask): Promise<void> {
  const { args, fn, tags } = run.case;
  const [, { suffix, flags, bodies, check }] = kinds.find(([pattern]) => pattern.test(fn)) as (typeof kinds)[0];
  for (const body of bodies?.(args, expected, tags) ?? [args]) {
    const answer = await ask({
      metric: run.record.name,
      suffix,
      ...(flags && { flags }),
      body: { ...body, be: run.be },
    });
    check(answer, expected, run);
  }
}

/**
 * Defines a test for every case of test/fixtures/{source}/{metric or operation}.json on every backend that has it, and one that prints how
 * many ran and what was skipped. A new metric needs its file there, and nothing here.
 *
 * @param assertRefusal holds what `ask` throws where tslearn raises, even a RuntimeWarning: the caller's mistake here, and a place is named
 */
export function referenceTests(ask: Ask, assertRefusal: (error: unknown) => void): void {
  const ran = new Map<string, number>();
  const files = fixtureFiles().filter(({ name }) => !libraryOnly.includes(name));
  let wanted = 0;
  for (const { source, name, cases } of files) {
    for (const one of cases) {
      const record = metricRecord(operationsOf[name]?.(one.fn) ?? name);
      for (const be of name in operationsOf ? (['numpy'] as const) : record.backends) {
        wanted++;
        it(`${source} ${name} on ${be}: ${one.id} ${one.tags.join(' ')}`, async () => {
          const expected = one.contract ?? one.expected;
          const asked = compare({ record, case: one, be }, expected, ask);
          if (expected.error) {
            await assert.rejects(asked, (error) => {
              assertRefusal(error);
              return true;
            });
          } else await asked;
          ran.set(`${one.fn} on ${be}`, (ran.get(`${one.fn} on ${be}`) ?? 0) + 1);
        });
      }
    }
  }
  it('were all compared', (test) => {
    for (const [what, count] of ran) test.diagnostic(`${count} x ${what}`);
    for (const { meta } of files)
      for (const { id, why } of meta.skipped ?? []) test.diagnostic(`skipped ${id}: ${why}`);
    const compared = [...ran.values()].reduce((sum, count) => sum + count, 0);
    test.diagnostic(`${compared} compared`);
    assert.equal(compared, wanted);
    assert.notEqual(compared, 0);
  });
}

/** Files that are named for an operation, and the metric that each of their functions is of. They have one backend. */
const operationsOf: Readonly<Record<string, (fn: string) => string>> = {
  'lower-bound': () => 'dtw',
  subsequence: () => 'dtw',
  'cost-matrices': (fn) => {
    if (fn.startsWith('SquaredEuclidean')) return fn.endsWith('compute') ? 'squared' : 'soft-dtw';
    return fn.replace(/_(cost|accumulated)_matrix$/, '').replaceAll('_', '-');
  },
  bandwidth: (fn) => (fn === 'sigma_gak' ? 'gak' : 'soft-dtw'),
  barycenter: (fn) => (fn === 'softdtw_barycenter' ? 'soft-dtw' : 'dtw'),
};

/** What no operation answers: metric/constraints.test.ts, tslearn/soft-dtw-loss.test.ts and operations/lower-bound.test.ts in test/core ask the library. */
const libraryOnly = ['masks', 'soft-dtw-loss', 'envelope'];
