import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Cancelled, type Cdist, cdist, evaluate, metrics } from '../../../src/core/index.ts';
import { toleranceOf } from '../../support/backend-tolerance.ts';
import { centralDifference } from '../../support/central-difference.ts';
import { closeTo, largest, type Numbers } from '../../support/close-to.ts';
import { cutToEqual } from '../../support/equal-lengths.ts';

type Gradient = NonNullable<Cdist['gradient']>;

// Ties abound, so that an alignment and its mirror image may differ: each pair counts as POST /{metric} aligns it.
const dataset1 = [
  [1.5, 2, 0.25, 3],
  [0.5, 2.25, 3, 4, 1],
  [1, 2, 2, 3],
];
const dataset2 = [
  [1, 2, 3, 4],
  [2, 3, 4.5, 5, 2.125],
];
const cotangent = [
  [1, -2],
  [0, 0.5],
  [3, 1],
];
const square = [
  [1, -2, 0.25],
  [0, 0.5, 1],
  [3, 1, -1],
];

for (const record of metrics.filter(({ gives }) => gives.includes('grad'))) {
  const { name, backends } = record;
  const [first, second] = [cutToEqual(record, dataset1), cutToEqual(record, dataset2)];
  const by = record.smoothedBy;

  describe(`the gradient of a matrix of ${name}`, () => {
    for (const be of backends) {
      /** The sum over all pairs, from their own gradients. */
      const summed = (rows: number[][], columns: number[][], counts: number[][]) => {
        const sums = { rows: rows.map((s) => s.map(() => 0)), columns: columns.map((s) => s.map(() => 0)), by: 0 };
        for (const [k, s1] of rows.entries()) {
          for (const [l, s2] of columns.entries()) {
            const times = counts[k]?.[l] as number;
            const { gradient } = evaluate(name, s1, s2, { be }, { grad: true });
            const add = (to: number[], numbers: number[]) => {
              for (const [at, x] of numbers.entries()) to[at] = (to[at] as number) + times * x;
            };
            add(sums.rows[k] as number[], gradient?.s1 as number[]);
            add(sums.columns[l] as number[], gradient?.s2 as number[]);
            if (by) sums.by += times * (gradient?.[by] ?? Number.NaN);
          }
        }
        return sums;
      };
      const { gradient: allowed, value } = toleranceOf({ be, record });
      const near = (found: unknown, expected: Numbers, what: string) =>
        closeTo(
          found,
          expected,
          { relative: allowed.relative, absolute: allowed.absolute + 10 * allowed.ofLargest * largest(expected) },
          what,
        );

      it(`is the sum of those of its pairs, each as often as the cotangent says, on ${be}`, () => {
        const { matrix, shape, gradient } = cdist(name, first, second, { be }, { grad: true, cotangent });
        const expected = summed(first, second, cotangent);
        closeTo(matrix, cdist(name, first, second, { be }).matrix, value, 'matrix');
        assert.deepEqual(shape, [3, 2]);
        near(gradient?.dataset1, expected.rows, 'dataset1');
        near(gradient?.dataset2, expected.columns, 'dataset2');
        if (by && !Number.isNaN(expected.by)) near(gradient?.[by], expected.by, by);
        else assert.deepEqual(Object.keys(gradient ?? {}), ['dataset1', 'dataset2']);
      });

      it(`counts a series in both of its roles if there is one dataset, on ${be}`, () => {
        const { gradient } = cdist(name, first, undefined, { be }, { grad: true, cotangent: square });
        const { rows, columns } = summed(first, first, square);
        const both = rows.map((row, k) => row.map((x, at) => x + (columns[k]?.[at] as number)));
        near(gradient?.dataset1, both, 'dataset1');
        assert.ok(!('dataset2' in (gradient ?? {})));
      });
    }

    it('is that of sum(cotangent * matrix), by central differences', () => {
      const { gradient } = cdist(name, first, second, {}, { grad: true, cotangent });
      const scale = Math.max(1, largest([gradient?.dataset1, gradient?.dataset2] as Numbers));
      let checked = 0;
      for (const [which, dataset] of [
        ['dataset1', first],
        ['dataset2', second],
      ] as const) {
        for (const [k, series] of dataset.entries()) {
          for (const i of series.keys()) {
            const total = (h: number) => {
              const moved = dataset.map((s, at) => (at === k ? s.map((x, j) => (j === i ? x + h : x)) : s));
              const { matrix } = which === 'dataset1' ? cdist(name, moved, second) : cdist(name, first, moved);
              return matrix.flat().reduce((sum, x, at) => sum + x * (cotangent.flat()[at] as number), 0);
            };
            const expected = centralDifference(total, scale);
            if (expected === undefined) continue;
            checked++;
            closeTo(gradient?.[which]?.[k]?.[i], expected, { absolute: 1e-6 * scale }, `${which}/${k}/${i}`);
          }
        }
      }
      assert.ok(checked >= 6, `${checked} places are smooth`);
    });
  });
}

describe('the gradient of a matrix', () => {
  it('counts every value once if there is no cotangent', () => {
    const ones = dataset1.map(() => [1, 1]);
    assert.deepEqual(
      cdist('dtw', dataset1, dataset2, {}, { grad: true }),
      cdist('dtw', dataset1, dataset2, {}, { grad: true, cotangent: ones }),
    );
  });

  it('has the shapes of the series, with zeros where steps were trimmed, and their layout', () => {
    const { gradient } = cdist(
      'dtw',
      [
        [[1], [2], [null]],
        [1, 4],
      ],
      [[1, 3, null]],
      {},
      { grad: true },
    );
    assert.deepEqual(gradient?.dataset1[0]?.[2], [0]);
    assert.equal(gradient?.dataset1[1]?.length, 2);
    assert.deepEqual(gradient?.dataset2?.[0]?.[2], 0);
    const rows = [
      [1, 5],
      [2, 4],
      [3, 1],
    ];
    const flipped = [
      [1, 2, 3],
      [5, 4, 1],
    ];
    const plain = cdist('soft-dtw', [rows], undefined, {}, { grad: true });
    const swapped = cdist('soft-dtw', [flipped], undefined, { layout: 'channels_first' }, { grad: true });
    const turned = [0, 1].map((c) => (plain.gradient as Gradient).dataset1[0]?.map((row) => (row as number[])[c]));
    assert.deepEqual(swapped.gradient?.dataset1[0], turned);
  });

  it('holds for many more rows than it is split into', () => {
    const many = Array.from({ length: 37 }, (_, k) => [Math.sin(k), Math.cos(3 * k), k / 10]);
    const counts = many.map((_, k) => [k - 10]);
    const { gradient } = cdist('soft-dtw', many, [[1, 2]], {}, { grad: true, cotangent: counts });
    const each = many.map(
      (s) => evaluate('soft-dtw', s, [1, 2], {}, { grad: true }).gradient as { s1: number[]; s2: number[] },
    );
    closeTo(
      gradient?.dataset1,
      each.map((g, k) => g.s1.map((x) => x * (k - 10))),
      { relative: 1e-12 },
    );
    const sum = each.reduce((to, g, k) => to.map((x, at) => x + (k - 10) * (g.s2[at] as number)), [0, 0]);
    closeTo(gradient?.dataset2, [sum], { relative: 1e-10 });
  });

  it('refuses a cotangent of another shape, with both shapes, and what is no finite number', () => {
    const refuse = (given: unknown, expected: object) =>
      assert.throws(() => cdist('dtw', dataset1, dataset2, {}, { grad: true, cotangent: given }), expected);
    refuse(square, { path: ['cotangent'], message: /3 x 3.*3 x 2/ });
    refuse([1, 2, 3], { path: ['cotangent'], message: /a list of 3.*3 x 2/ });
    refuse([...cotangent.slice(0, 2), [Number.NaN, 1]], { path: ['cotangent', 2, 0] });
    refuse([...cotangent.slice(0, 2), [1, Infinity]], { path: ['cotangent', 2, 1] });
    assert.throws(() => cdist('soft-dtw', [[1, 2]], [[3, 9]], {}, { grad: true, cotangent: [[1e308]] }), {
      code: 'out_of_range',
      path: ['cotangent'],
    });
  });

  it('is asked for where there is a cotangent, and of a metric that has one', () => {
    assert.throws(() => cdist('dtw', dataset1, dataset2, {}, { cotangent }), { path: ['cotangent'] });
    assert.throws(() => cdist('lcss', dataset1, dataset2, {}, { grad: true }), { code: 'unsupported_extra' });
  });

  it('stops at once when the cancel flag is up', () => {
    const cancel = new Int32Array(new SharedArrayBuffer(4)).fill(1);
    assert.throws(() => cdist('dtw', dataset1, dataset2, {}, { grad: true }, cancel), Cancelled);
    assert.throws(() => cdist('dtw', dataset1, dataset2, {}, {}, cancel), Cancelled);
  });
});
