import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type BackendName, cdist, evaluate, InvalidInput, type MetricRecord, metrics } from '../../src/core/index.ts';
import { closeTo, largest, type Numbers } from '../close-to.ts';
import { type Expected, type FixtureCase, fixtureFiles } from './fixtures.ts';
import { toleranceOf } from './tolerance.ts';

// Holds every metric to test/fixtures/{source}/{metric}.json. A new metric needs its file there, and nothing here.

interface Run {
  readonly record: MetricRecord;
  readonly args: FixtureCase['args'];
  readonly be: BackendName;
  readonly tags: readonly string[];
}

const checkValue = (run: Run, expected: Expected) => assertValue(pairOf(run), expected, run);

const checkPath = (run: Run, expected: Expected) => {
  const answer = pairOf(run, { path: true });
  assertValue(answer, expected, run);
  if (expected.path !== undefined) assert.deepEqual(answer.path, expected.path);
};

const checkAlignment = (run: Run, expected: Expected) => {
  const answer = pairOf(run, { alignment: true });
  assertValue(answer, expected, run);
  closeTo(answer.alignment, expected.alignment as number[][], toleranceOf(run).share, 'alignment');
};

const checkGradient = (run: Run, expected: Expected) => {
  const answer = pairOf(run, { grad: true });
  assertValue(answer, expected, run);
  // Where two paths tie, PyTorch may follow the other one: both are subgradients, and laws.test.ts holds ours to our path.
  if (run.tags.includes('nonsmooth_tie')) return;
  const { relative, absolute, ofLargest } = toleranceOf(run).gradient;
  for (const s of ['s1', 's2'] as const) {
    const gradient = expected[`grad_${s}`] as Numbers;
    const tolerance = { relative, absolute: absolute + ofLargest * largest(gradient) };
    closeTo(answer.gradient?.[s], gradient, tolerance, `gradient of ${s}`);
  }
};

const checkMatrix = (run: Run, expected: Expected) => {
  const { record, args, be } = run;
  const { dataset1, dataset2, ...params } = args;
  const { matrix } = cdist(record, dataset1, dataset2, { ...params, be });
  closeTo(matrix, expected.value as number[][], toleranceOf(run).value, 'matrix');
};

/** The operation that a fixture's function stands for: the first whose pattern fits. */
const operations: readonly [pattern: RegExp, check: (run: Run, expected: Expected) => void][] = [
  [/^cdist_/, checkMatrix],
  [/_grad$/, checkGradient],
  [/_path$/, checkPath],
  [/_alignment$/, checkAlignment],
  [/./, checkValue],
];

function pairOf({ record, args, be }: Run, wanted = {}) {
  const { s1, s2, ...params } = args;
  return evaluate(record, s1, s2, { ...params, be }, wanted);
}

function assertValue(answer: { value: number; be: string }, expected: Expected, run: Run): void {
  assert.equal(answer.be, run.be);
  closeTo(answer.value, expected.value as number, toleranceOf(run).value);
}

/** What tslearn raises as ValueError, or even as RuntimeWarning, is the caller's mistake here, and a place is named. */
function assertRefused(run: () => void): void {
  assert.throws(run, (error: unknown) => {
    assert.ok(error instanceof InvalidInput && error instanceof RangeError, String(error));
    assert.notEqual(error.path.length, 0, `no place is named: ${error.message}`);
    return true;
  });
}

describe('reference values', () => {
  const ran = new Map<string, number>();
  const files = fixtureFiles().filter(
    ({ name }) => !['masks', 'lower-bound', 'subsequence', 'barycenter'].includes(name),
  );
  let wanted = 0;

  for (const { source, name, cases } of files) {
    const record = metrics.find((metric) => metric.name === name);
    if (record === undefined) throw new Error(`test/fixtures/${source}/${name}.json: there is no metric "${name}"`);
    for (const be of record.backends) {
      wanted += cases.length;
      describe(`of ${source} for ${name} hold on ${be}`, () => {
        for (const { id, fn, args, tags, expected, contract } of cases) {
          it(`${id} ${tags.join(' ')}`, () => {
            const check = operations.find(([pattern]) => pattern.test(fn))?.[1] as (typeof operations)[0][1];
            const run = { record, args, be, tags };
            const answer = contract ?? expected;
            if (answer.error) assertRefused(() => check(run, {}));
            else check(run, answer);
            ran.set(`${fn} on ${be}`, (ran.get(`${fn} on ${be}`) ?? 0) + 1);
          });
        }
      });
    }
  }

  it('were all compared', (test) => {
    for (const [what, count] of ran) test.diagnostic(`${count} x ${what}`);
    for (const { meta } of files)
      for (const { id, why } of meta.skipped ?? []) test.diagnostic(`skipped ${id}: ${why}`);
    const compared = [...ran.values()].reduce((sum, count) => sum + count, 0);
    assert.equal(compared, wanted);
    assert.notEqual(compared, 0);
  });
});
