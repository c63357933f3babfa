import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { lengthGroups } from '../../../src/core/input/length-groups.ts';
import { completeRows, type PairOrder, pairCount, rowsOf } from '../../../src/core/operations/pair-order.ts';
import { piecesOfPairs, piecesOfQueries } from '../../../src/core/operations/pieces.ts';

const size = fc.integer({ min: 1, max: 30 });
const orders: fc.Arbitrary<PairOrder> = fc.oneof(
  fc.record({ rows: size, columns: size }).map((shape) => ({ ...shape, mirrored: false, skip: 0 as const })),
  fc.record({ rows: size, skip: fc.constantFrom(0 as const, 1 as const) }).map(({ rows, skip }) => ({
    rows,
    columns: rows,
    mirrored: true,
    skip,
  })),
);

/** The pairs as two plain loops visit them. */
function pairsOf({ rows, columns, mirrored, skip }: PairOrder): [number, number][] {
  const pairs: [number, number][] = [];
  for (let k = 0; k < rows; k++) for (let l = mirrored ? k + skip : 0; l < columns; l++) pairs.push([k, l]);
  return pairs;
}

const cost = (n: number, m: number) => 5 + n * m;

describe('the order of the pairs of a matrix', () => {
  it('is that of rows, from any pair to any other', () => {
    fc.assert(
      fc.property(orders, fc.nat(), fc.nat(), (order, a, b) => {
        const all = pairsOf(order);
        assert.equal(pairCount(order), all.length);
        const [from, to] = [a % (all.length + 1), b % (all.length + 1)].sort((x, y) => x - y) as [number, number];
        const visited = rowsOf(order, from, to).flatMap((row) =>
          Array.from({ length: row.to - row.from }, (_, at) => [row.k, row.from + at]),
        );
        assert.deepEqual(visited, all.slice(from, to));
      }),
    );
  });

  it('tells how many rows are complete after any number of pairs', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const all = pairsOf(order);
        for (let to = 0; to <= all.length; to++) {
          let complete = 0;
          while (complete < order.rows && !all.slice(to).some(([k]) => k === complete)) complete++;
          assert.equal(completeRows(order, to), complete);
        }
      }),
    );
  });

  it('is found for 200,000 rows without counting them', () => {
    const order = { rows: 200_000, columns: 200_000, mirrored: true, skip: 1 } as const;
    const all = pairCount(order);
    assert.equal(all, (200_000 * 199_999) / 2);
    assert.deepEqual(rowsOf(order, all - 2, all), [
      { k: 199_997, from: 199_999, to: 200_000 },
      { k: 199_998, from: 199_999, to: 200_000 },
    ]);
  });
});

describe('pieces', () => {
  it('contain all pairs once, in order, and exceed their share by at most one pair', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(orders, lengths, fc.integer({ min: 1, max: 20_000 }), (order, all, share) => {
        const first = Int32Array.from(all.slice(0, order.rows));
        const second = order.mirrored ? first : Int32Array.from(all.slice(-order.columns));
        const pieces = piecesOfPairs(order, lengthGroups(first), lengthGroups(second), cost, share);
        const pairs = pairsOf(order);
        assert.deepEqual(
          pieces.map(({ from }) => from),
          [0, ...pieces.map(({ to }) => to)].slice(0, pieces.length),
        );
        assert.equal(pieces.at(-1)?.to ?? 0, pairs.length);
        for (const { from, to } of pieces) {
          const costs = pairs.slice(from, to).map(([k, l]) => cost(first[k], second[l]));
          assert.ok(costs.slice(0, -1).reduce((sum, one) => sum + one, 0) < share);
        }
      }),
    );
  });

  it('of a million pairs of a thousand different lengths are split within 20 ms', () => {
    const lengths = lengthGroups(Int32Array.from({ length: 1000 }, (_, k) => 10 + k));
    const order = { rows: 1000, columns: 1000, mirrored: false, skip: 0 } as const;
    let least = Infinity;
    for (let round = 0; round < 5; round++) {
      const started = performance.now();
      const pieces = piecesOfPairs(order, lengths, lengths, cost, 1e9);
      least = Math.min(least, performance.now() - started);
      assert.ok(pieces.length > 200);
    }
    assert.ok(least < 20, `${least} ms`);
  });

  it('of queries follow what each costs', () => {
    const groups = lengthGroups(Int32Array.of(1, 1, 5, 1, 1));
    assert.deepEqual(piecesOfQueries(groups, [1, 5], 5), [
      { from: 0, to: 3 },
      { from: 3, to: 5 },
    ]);
  });
});

describe('groups of lengths', () => {
  it('are the lengths themselves if there are few, and keep their sum if there are many', () => {
    assert.deepEqual(lengthGroups(Int32Array.of(3, 8, 3)), {
      of: Uint16Array.of(0, 1, 0),
      n: [3, 8],
      count: [2, 1],
      longest: 8,
      steps: 14,
    });
    const many = Int32Array.from({ length: 5000 }, (_, k) => k + 1);
    const { n, count, of } = lengthGroups(many);
    assert.ok(n.length < 120);
    const sum = n.reduce((total, mean, at) => total + mean * count[at], 0);
    assert.ok(Math.abs(sum - (5000 * 5001) / 2) < 1e-3);
    for (const [k, length] of many.entries()) {
      const ratio = (n[of[k]] as number) / length;
      assert.ok(ratio > 0.9 && ratio < 1.1, `${length}`);
    }
  });
});
