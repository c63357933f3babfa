import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Cancelled, evaluate, metrics, pairs } from '../../../src/core/index.ts';
import { generic, type PairOfSeries, paramsOf, pairs as somePair } from '../../support/arbitraries.ts';
import { toleranceOf } from '../../support/backend-tolerance.ts';
import { centralDifference } from '../../support/central-difference.ts';
import { closeTo, largest, type Numbers } from '../../support/close-to.ts';
import { cutToEqual } from '../../support/equal-lengths.ts';

type Many = number[][] | number[][][];

const dataset1 = [
  [1.5, 2, 0.25, 3],
  [0.5, 2.25, 3, 4, 1],
  [5, 1, 0.75],
];
const dataset2 = [
  [1, 2.5, 3.25],
  [2, 3, 4.5, 5, 2.125],
  [0.5, 2, 4, 1.25, 2.5, 3],
];
const weights = [1, -2, 0.5];

for (const record of metrics) {
  const { name, backends, gives } = record;
  const [first, second] = [cutToEqual(record, dataset1), cutToEqual(record, dataset2)];
  const grad = gives.includes('grad');
  const by = record.smoothedBy;

  describe(`pairs of ${name}`, () => {
    for (const be of backends) {
      it(`have the value and the gradient of each pair, times its weight, on ${be}`, () => {
        const found = pairs(name, first, second, { be }, { grad, weights });
        const each = first.map((s1, k) => evaluate(name, s1, second[k], { be }, { grad }));
        const { value, gradient } = toleranceOf({ be, record });
        closeTo(
          found.values,
          each.map((one) => one.value),
          value,
        );
        closeTo(
          found.loss,
          each.reduce((sum, one, k) => sum + (weights[k] as number) * one.value, 0),
          value,
        );
        assert.equal(found.be, be);
        assert.equal('gradient' in found, grad);
        if (!grad) return;
        const times = (numbers: Numbers, k: number): Numbers =>
          typeof numbers === 'number' ? (weights[k] as number) * numbers : Array.from(numbers, (one) => times(one, k));
        const expected = (of: 's1' | 's2') => each.map((one, k) => times(one.gradient?.[of] as Numbers, k));
        for (const [dataset, of] of [
          ['dataset1', 's1'],
          ['dataset2', 's2'],
        ] as const) {
          const wanted = expected(of);
          const absolute = gradient.absolute + gradient.ofLargest * largest(wanted);
          closeTo(found.gradient?.[dataset], wanted, { relative: gradient.relative, absolute }, dataset);
        }
        const slopes = by && each.map((one, k) => (weights[k] as number) * (one.gradient?.[by] ?? Number.NaN));
        if (by && !slopes?.some(Number.isNaN)) {
          closeTo(
            found.gradient?.[by],
            slopes as number[],
            { relative: be === 'numpy' ? 1e-9 : 1e-3, absolute: 1e-5 },
            by,
          );
        } else assert.deepEqual(Object.keys(found.gradient ?? {}), ['dataset1', 'dataset2']);
      });
    }

    if (grad) {
      it('have the gradient of the loss that central differences have, in bands too', (test) => {
        const count = { checked: 0, skipped: 0 };
        const many = fc.array(fc.tuple(somePair(generic, 8, 1), fc.integer({ min: -3, max: 3 })), {
          minLength: 1,
          maxLength: 9,
        });
        const run = fc.property(many, paramsOf(record), fc.nat(), fc.nat(), (batch, params, at, step) => {
          const equal = ({ s1, s2 }: PairOfSeries): PairOfSeries => {
            const n = record.equalLengths ? Math.min(s1.length, s2.length) : Number.POSITIVE_INFINITY;
            return { s1: s1.slice(0, n) as number[], s2: s2.slice(0, n) as number[] };
          };
          const all = batch.map(([pair]) => equal(pair));
          const data = { dataset1: all.map(({ s1 }) => s1) as Many, dataset2: all.map(({ s2 }) => s2) as Many };
          const wanted = { weights: batch.map(([, weight]) => weight) };
          const answered = attempt(() => pairs(name, data.dataset1, data.dataset2, params, { ...wanted, grad: true }));
          fc.pre(answered !== undefined);
          const { gradient, loss } = answered as ReturnType<typeof pairs>;
          const k = at % all.length;
          const scale = Math.max(1, largest([gradient?.dataset1, gradient?.dataset2] as Numbers));
          for (const dataset of ['dataset1', 'dataset2'] as const) {
            const slopes = gradient?.[dataset][k]?.flat() as number[];
            const i = step % slopes.length;
            const moved = (h: number) => {
              const changed = { ...data, [dataset]: withMoved(data[dataset], k, i, h) };
              return pairs(name, changed.dataset1, changed.dataset2, params, wanted).loss;
            };
            const expected = centralDifference(moved, scale);
            if (expected === undefined) count.skipped++;
            else {
              count.checked++;
              closeTo(slopes[i], expected, { absolute: 1e-6 * scale + 1e-8 * Math.abs(loss) }, dataset);
            }
          }
        });
        fc.assert(run, { numRuns: 60, seed: 20261126 });
        test.diagnostic(`${count.checked} checked, ${count.skipped} beside a kink`);
        assert.ok(count.checked > 3 * count.skipped, 'most places must be smooth enough to check');
      });
    } else {
      it('refuse a gradient', () => {
        assert.throws(() => pairs(name, first, second, {}, { grad: true }), { code: 'unsupported_extra' });
      });
    }
  });
}

describe('pairs that are solved together', () => {
  const lengths = [1, 2, 5, 5, 5, 5, 7, 40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 66, 66];
  for (const name of ['dtw', 'soft-dtw', 'soft-dtw-normalized']) {
    for (const d of [1, 3]) {
      for (const params of [{}, { gamma: 0.001 }, { gamma: 50, sakoe_chiba_radius: 2 }, { itakura_max_slope: 3 }]) {
        if (name === 'dtw' && 'gamma' in params) continue;
        it(`are those of ${name}, one by one, with ${d} values per step and ${JSON.stringify(params)}`, () => {
          const wave = (n: number, phase: number) =>
            Array.from({ length: n }, (_, i) =>
              Array.from({ length: d }, (_, c) => 3 * Math.sin(i / (2 + c) + phase * phase)),
            );
          const first = lengths.map((n, k) => wave(n, k));
          const second = lengths.map((n, k) => wave(k % 3 === 0 ? Math.max(1, n - 1) : n, k + 0.5));
          const given = lengths.map((_, k) => k / 4 - 1);
          const found = pairs(name, first, second, params, { grad: true, weights: given });
          const plain = pairs(name, first, second, params);
          const each = first.map((s1, k) => evaluate(name, s1, second[k], params, { grad: true }));
          const times = (of: 's1' | 's2') =>
            each.map((one, k) =>
              (one.gradient as { s1: number[][]; s2: number[][] })[of].map((row) =>
                row.map((x) => (given[k] as number) * x),
              ),
            );
          closeTo(
            found.values,
            each.map(({ value }) => value),
            { relative: 1e-12, absolute: 1e-12 },
          );
          closeTo(plain.values, found.values, { relative: 1e-13, absolute: 1e-13 });
          closeTo(found.gradient?.dataset1, times('s1'), { relative: 1e-10, absolute: 1e-11 });
          closeTo(found.gradient?.dataset2, times('s2'), { relative: 1e-10, absolute: 1e-11 });
        });
      }
    }
  }

  it('do not depend on each other: one that cannot be solved is named, and none of the others is lost', () => {
    const good = [1, 2, 3];
    const run = (bad: number[]) =>
      pairs('soft-dtw', [good, good, bad, good], [good, good, bad.map((x) => -x), good], {}, { grad: true });
    assert.throws(() => run([1e200, 1e200, 1e200]), { code: 'out_of_range' });
    const far = run([1e7, 2e7, 1e7]);
    const alone = evaluate('soft-dtw', [1e7, 2e7, 1e7], [-1e7, -2e7, -1e7], {}, { grad: true });
    closeTo(far.values[2], alone.value, { relative: 1e-12 });
    closeTo(far.gradient?.dataset1[2], alone.gradient?.s1 as number[], { relative: 1e-12 });
    closeTo(far.values[0], evaluate('soft-dtw', good, good).value, { relative: 1e-12 });
  });
});

describe('pairs', () => {
  it('give each gradient in the shape its series came in, with zeros where steps were trimmed', () => {
    const { gradient } = pairs(
      'dtw',
      [
        [[1], [2], [null]],
        [1, 4],
      ],
      [[1, 3, null, null], [2]],
      {},
      { grad: true },
    );
    assert.deepEqual(gradient?.dataset1.map(shapeOf), [[3, 1], [2]]);
    assert.deepEqual(gradient?.dataset2.map(shapeOf), [[4], [1]]);
    assert.deepEqual(gradient?.dataset1[0]?.[2], [0]);
    assert.deepEqual(gradient?.dataset2[0]?.slice(2), [0, 0]);
  });

  it('give them with the channels first if the series came so', () => {
    const one = [
      [1, 5],
      [2, 4],
      [3, 1],
    ];
    const other = [
      [2, 5],
      [0, 1],
    ];
    const flipped = (rows: number[][]) => (rows[0] as number[]).map((_, c) => rows.map((row) => row[c] as number));
    const plain = pairs('soft-dtw', [one, one], [other, one], {}, { grad: true });
    const swapped = pairs(
      'soft-dtw',
      [flipped(one), flipped(one)],
      [flipped(other), flipped(one)],
      { layout: 'channels_first' },
      { grad: true },
    );
    assert.deepEqual(swapped.values, plain.values);
    assert.deepEqual(
      swapped.gradient?.dataset1.map((g) => flipped(g as number[][])),
      plain.gradient?.dataset1,
    );
    assert.deepEqual(
      swapped.gradient?.dataset2.map((g) => flipped(g as number[][])),
      plain.gradient?.dataset2,
    );
  });

  it('name both counts if there are more series on one side', () => {
    assert.throws(() => pairs('dtw', [[1], [2], [3]], [[1], [2]]), {
      path: ['dataset2'],
      message: /3 series but dataset2 has 2/,
    });
  });

  it('refuse weights of another length, and those that are no finite numbers', () => {
    const refuse = (given: unknown, expected: object) =>
      assert.throws(() => pairs('dtw', [[1], [2]], [[1], [2]], {}, { weights: given }), expected);
    refuse([1], { path: ['weights'], message: /length 1.*2 pairs/ });
    refuse([1, Number.NaN], { path: ['weights', 1] });
    refuse([Infinity, 1], { path: ['weights', 0] });
    refuse([[1], [2]], { path: ['weights'], message: /list of numbers/ });
    assert.throws(() => pairs('dtw', [[1, 2]], [[3, 9]], {}, { weights: [1e308], grad: true }), {
      code: 'out_of_range',
    });
  });

  it('name the pair that a band leaves no path for', () => {
    const run = () =>
      pairs(
        'dtw',
        [[1, 2], [1]],
        [
          [1, 2],
          [1, 2, 3, 4],
        ],
        { itakura_max_slope: 1.5 },
      );
    assert.throws(run, { code: 'infeasible_constraint', message: /here s1 is dataset1\/1 and s2 is dataset2\/1/ });
  });

  it('are of series: there are no precomputed costs', () => {
    assert.throws(() => pairs('dtw', [[1]], [[1]], { metric: 'precomputed' }), { path: ['metric'] });
  });

  it('stop at once when the cancel flag is up', () => {
    const cancel = new Int32Array(new SharedArrayBuffer(4)).fill(1);
    for (const grad of [true, false]) {
      assert.throws(() => pairs('soft-dtw', dataset1, dataset2, {}, { grad }, cancel), Cancelled);
    }
  });
});

function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if ((error as { code?: string }).code !== undefined) return undefined;
    throw error;
  }
}

/** The dataset with value i of series k, in row-major order, moved by h. */
function withMoved(dataset: Many, k: number, i: number, h: number): Many {
  let at = 0;
  const move = (x: unknown): unknown => (Array.isArray(x) ? x.map(move) : (x as number) + (at++ === i ? h : 0));
  return (dataset as unknown[]).map((series, at) => (at === k ? move(series) : series)) as Many;
}

const shapeOf = (gradient: number[] | number[][]): number[] =>
  Array.isArray(gradient[0]) ? [gradient.length, gradient[0].length] : [gradient.length];
