import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type BackendName, type MetricRecord, metricRecord } from '../src/core/index.ts';
import { closeTo, largest, type Numbers } from './close-to.ts';
import { type Expected, type FixtureCase, fixtureFiles } from './core/fixtures.ts';
import { toleranceOf } from './core/tolerance.ts';

// What a fixture's function asks of Warpserve, and how near the answer must come: for the library and for the service alike.

/** A question that both can be asked: an operation of a metric. */
export interface Question {
  readonly metric: string;
  /** As in `POST /{metric}{suffix}`. */
  readonly suffix: '' | '/cdist' | '/lower-bound' | '/subsequence' | '/barycenter' | '/bandwidth';
  readonly body: Record<string, unknown>;
  readonly flags?: Readonly<Record<string, boolean>>;
}

/** Whoever answers questions. */
type Ask = (question: Question) => unknown;

interface Run {
  readonly record: MetricRecord;
  readonly case: FixtureCase;
  readonly be: BackendName;
}

// biome-ignore lint/suspicious/noExplicitAny: answers differ by operation, and a missing field fails its comparison
type Answer = any;

interface Kind {
  readonly suffix: Question['suffix'];
  readonly flags?: Question['flags'];
  /** The bodies to ask with: one, unless the function's result can be reached in several ways. */
  readonly bodies?: (
    args: FixtureCase['args'],
    expected: Expected,
    tags: readonly string[],
  ) => Record<string, unknown>[];
  readonly check: (answer: Answer, expected: Expected, run: Run) => void;
}

const checkValue: Kind['check'] = (answer, expected, run) => {
  assert.equal(answer.be, run.be);
  closeTo(answer.value, expected.value as number, toleranceOf(run).value);
};

const checkPath: Kind['check'] = (answer, expected, run) => {
  if (expected.value !== undefined) checkValue(answer, expected, run);
  if (expected.path !== undefined) assert.deepEqual(answer.path, expected.path);
  assert.ok('value' in expected || 'path' in expected, 'nothing to compare');
};

const checkShift: Kind['check'] = (answer, expected, run) => {
  if (expected.value !== undefined) checkValue(answer, expected, run);
  assert.deepEqual(moved(run.case.args.s2 as Numbers[], answer.shift), expected.shifted);
};

/** A series some steps later, zeros in the place of what is missing. */
function moved(series: Numbers[], shift: number | [number]): Numbers[] {
  const nothing = typeof series[0] === 'number' ? 0 : (series[0] as Numbers[]).map(() => 0);
  return series.map((_, i) => series[i - Number(shift)] ?? nothing);
}

const checkAlignment: Kind['check'] = (answer, expected, run) => {
  checkValue(answer, expected, run);
  closeTo(answer.alignment, expected.alignment as number[][], toleranceOf(run).share, 'alignment');
};

const checkGradient: Kind['check'] = (answer, expected, run) => {
  checkValue(answer, expected, run);
  // Where two paths tie, PyTorch may follow the other one: both are subgradients, and laws.test.ts holds ours to our path.
  if (run.case.tags.includes('nonsmooth_tie')) return;
  const { relative, absolute, ofLargest } = toleranceOf(run).gradient;
  for (const s of ['s1', 's2'] as const) {
    const gradient = expected[`grad_${s}`];
    if (gradient === undefined) {
      assert.equal(answer.gradient[s], undefined);
      continue;
    }
    const tolerance = { relative, absolute: absolute + ofLargest * largest(gradient) };
    closeTo(answer.gradient?.[s], gradient, tolerance, `gradient of ${s}`);
  }
};

const checkMatrix: Kind['check'] = (answer, expected, run) =>
  closeTo(answer.matrix, expected.value as number[][], toleranceOf(run).value, 'matrix');

const checkMatch: Kind['check'] = ({ matches: [match] }, { value, path }) => {
  closeTo(match.value, value as number, { relative: 1e-9 });
  assert.deepEqual(match.path, path);
};

/** tslearn answers the whole matrix of accumulated costs; the best match ends where its last row is least. */
const checkEnd: Kind['check'] = ({ matches: [match] }, { value }) => {
  const last = (value as number[][]).at(-1) as number[];
  closeTo(match.value, Math.sqrt(Math.min(...last)), { relative: 1e-9 });
  assert.equal(match.end, last.indexOf(Math.min(...last)));
};

const checkBound: Kind['check'] = ({ value }, expected) => closeTo(value, expected.value as number, { relative: 1e-9 });

const checkEnvelope: Kind['check'] = ({ envelope }, { envelope_down, envelope_up }) => {
  assert.deepEqual(envelope.lower.flat(), envelope_down?.flat());
  assert.deepEqual(envelope.upper.flat(), envelope_up?.flat());
};

/** The distance of the first two series; the symbols themselves are the library's to answer: test/core/sax-transform.test.ts. */
const checkWords: Kind['check'] = ({ value }, { distance_01 }) =>
  closeTo(value, distance_01 as number, { relative: 1e-9 });

const checkBandwidth: Kind['check'] = ({ sigma, gamma }, { value }) =>
  closeTo(sigma ?? gamma, value as number, { relative: 1e-9 });

const checkBarycenter: Kind['check'] = ({ barycenter }, { value }) =>
  closeTo(barycenter, value as Numbers, { relative: 1e-9, absolute: 1e-9 });

const checkSoftBarycenter: Kind['check'] = ({ barycenter, loss }, expected) => {
  closeTo(loss, expected.loss as number, { relative: 1e-7, absolute: 1e-7 });
  closeTo(barycenter.flat(), (expected.value as number[][]).flat(), { absolute: 1e-3 });
};

/** The loss has several minima: from the mean another one may be found, but tslearn's is one here too. */
const softStarts: Kind['bodies'] = (args, { value }, tags) =>
  (tags.includes('other minimum') ? [{ init: value }] : [{ init: value }, {}]).map((start) => ({
    ...args,
    ...start,
    max_iter: 2000,
    tol: 1e-12,
  }));

const firstTwo = (dataset: unknown) => {
  const [s1, s2] = dataset as unknown[];
  return { s1, s2 };
};

/** What a fixture's function stands for: the first whose pattern fits. */
const kinds: readonly [pattern: RegExp, kind: Kind][] = [
  [/^cdist_/, { suffix: '/cdist', check: checkMatrix }],
  [/_grad$|^SoftDTW$/, { suffix: '', flags: { grad: true }, check: checkGradient }],
  [
    /^dtw_subsequence_path$/,
    {
      suffix: '/subsequence',
      flags: { path: true },
      bodies: ({ subseq, longseq }) => [{ query: subseq, series: longseq }],
      check: checkMatch,
    },
  ],
  [
    /^subsequence_cost_matrix$/,
    {
      suffix: '/subsequence',
      bodies: ({ subseq, longseq }) => [{ query: subseq, series: longseq }],
      check: checkEnd,
    },
  ],
  [/^y_shifted|_best_shift$/, { suffix: '', check: checkShift }],
  [/_path(_from_metric)?$/, { suffix: '', flags: { path: true }, check: checkPath }],
  [/_alignment$/, { suffix: '', flags: { alignment: true }, check: checkAlignment }],
  [
    /^lb_keogh$/,
    {
      suffix: '/lower-bound',
      bodies: ({ ts_query: s1, ts_candidate: s2, radius }) => [{ s1, s2, radius }],
      check: checkBound,
    },
  ],
  [
    /^lb_envelope$/,
    { suffix: '/lower-bound', bodies: ({ ts, radius }) => [{ s1: ts, s2: ts, radius }], check: checkEnvelope },
  ],
  [
    /^sax_transform$/,
    { suffix: '', bodies: ({ dataset, ...args }) => [{ ...args, ...firstTwo(dataset) }], check: checkWords },
  ],
  [
    /^sigma_gak$|^gamma_soft_dtw$/,
    {
      suffix: '/bandwidth',
      bodies: ({ dataset, n_samples, random_state }) => [{ dataset, n_samples, random_state }],
      check: checkBandwidth,
    },
  ],
  [/^softdtw_barycenter$/, { suffix: '/barycenter', bodies: softStarts, check: checkSoftBarycenter }],
  [/barycenter/, { suffix: '/barycenter', check: checkBarycenter }],
  [/./, { suffix: '', check: checkValue }],
];

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
  bandwidth: (fn) => (fn === 'sigma_gak' ? 'gak' : 'soft-dtw'),
  barycenter: (fn) => (fn === 'softdtw_barycenter' ? 'soft-dtw' : 'dtw'),
};

/** Files that hold what no operation answers: constraints.test.ts and soft-dtw-loss.test.ts in test/core ask the library's functions. */
const libraryOnly = ['masks', 'soft-dtw-loss'];
