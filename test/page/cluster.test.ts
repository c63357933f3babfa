import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Cluster, cluster, cut } from '../../page/data/cluster.ts';

/** A symmetric matrix with so many rows. */
const matrices = fc.integer({ min: 2, max: 14 }).chain((rows) =>
  fc
    .array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: rows * rows, maxLength: rows * rows })
    .map((given) => {
      const values = Float64Array.from(given, (_, at) => {
        const [i, j] = [Math.floor(at / rows), at % rows];
        return i === j ? 0 : (given[Math.min(i, j) * rows + Math.max(i, j)] as number);
      });
      return { rows, columns: rows, values };
    }),
);

const merges = (tree: Cluster): Cluster[] => (tree.parts ? [tree, ...tree.parts.flatMap(merges)] : []);

describe('the tree of a matrix', () => {
  it('merges at the mean distance of the pairs between two parts, always the least that is left', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const { rows, values } = matrix;
        const mean = (a: readonly number[], b: readonly number[]) =>
          a.flatMap((i) => b.map((j) => values[i * rows + j] as number)).reduce((sum, one) => sum + one, 0) /
          (a.length * b.length);
        const tree = cluster(matrix, false);
        assert.deepEqual(
          tree.members.toSorted((a, b) => a - b),
          Array.from({ length: rows }, (_, k) => k),
        );
        let left: (readonly number[])[] = tree.members.map((k) => [k]);
        for (const { members, height, parts } of merges(tree).toSorted(
          (a, b) => a.height - b.height || a.members.length - b.members.length,
        )) {
          const [one, other] = parts as readonly [Cluster, Cluster];
          assert.ok(Math.abs(height - mean(one.members, other.members)) < 1e-9);
          const least = Math.min(...left.flatMap((a, k) => left.slice(k + 1).map((b) => mean(a, b))));
          assert.ok(height <= least + 1e-9, `${height} though ${least} was left`);
          left = [...left.filter((each) => !each.every((k) => members.includes(k))), members];
        }
      }),
    );
  });

  it('is cut at its highest merges first, and never into more groups than there are series', () => {
    const values = Float64Array.from([0, 1, 8, 9, 1, 0, 8, 9, 8, 8, 0, 2, 9, 9, 2, 0]);
    const tree = cluster({ rows: 4, columns: 4, values }, false);
    const groups = (count: number) => cut(tree, count).map(({ members }) => members.toSorted((a, b) => a - b));
    assert.deepEqual(groups(2).toSorted(), [
      [0, 1],
      [2, 3],
    ]);
    assert.deepEqual(groups(3).toSorted(), [[0, 1], [2], [3]]);
    assert.equal(groups(9).length, 4);
  });

  it('takes the largest similarities for the nearest', () => {
    const values = Float64Array.from([9, 1, 8, 1, 9, 2, 8, 2, 9]);
    const [first, second] = cut(cluster({ rows: 3, columns: 3, values }, true), 2).map(({ members }) =>
      members.toSorted(),
    );
    assert.deepEqual([first, second].toSorted(), [[0, 2], [1]]);
  });
});
