import type { Dataset } from '../../input/dataset.ts';
import { eachOf } from '../cross-block.ts';
import type { Cross, CrossBlock, CrossRow } from '../engine.ts';

/**
 * Computes half of a matrix of series of several lengths in the order of their lengths. Only series of similar lengths share a block; of one that is right of the
 * diagonal in some rows and left of it in others, much would be computed for nothing. For metrics whose values are the same both ways, bit by bit.
 */
export const byLength =
  (cross: Cross): Cross =>
  (first, second, rows, to) => {
    const triangle = first === second ? triangleOf(first, rows) : undefined;
    if (triangle === undefined) return cross(first, second, rows, to);
    const { series, ranked, above, rest } = triangle;
    const put = (r: number, s: number, value: number) => {
      const [k, l] = [series[r], series[s]];
      to.put(Math.min(k, l), Math.max(k, l), value);
    };
    const left = cross(ranked, ranked, above, { put, putBlock: (block: CrossBlock) => eachOf(block, put) });
    const alone: number[] = [];
    for (let at = 0; at < left.length; at += 2) {
      const [k, l] = [series[left[at]], series[left[at + 1]]];
      alone.push(Math.min(k, l), Math.max(k, l));
    }
    return [...alone, ...cross(first, first, rest, to)];
  };

/** Rows of a matrix of a data set with itself that are right of the diagonal, as what is between their own series, and the rest. */
interface Triangle {
  /** The series by their rank. */
  readonly series: Int32Array;
  /** They alone, by their rank. */
  readonly ranked: Dataset;
  readonly above: readonly CrossRow[];
  readonly rest: readonly CrossRow[];
}

/** Undefined where the order makes no difference. */
function triangleOf(dataset: Dataset, rows: readonly CrossRow[]): Triangle | undefined {
  const { lengths, starts } = dataset;
  // Whether the diagonal is computed.
  const skip = rows.some(({ k, from }) => from === k) ? 0 : 1;
  const isWhole = ({ k, from, to }: CrossRow) => from - k === skip && to === lengths.length;
  const whole = rows.filter(isWhole);
  if (whole.length < 2) return undefined;
  const begin = whole[0].k;
  const end = begin + whole.length;
  if (lengths.subarray(begin, end).every((n) => n === lengths[begin])) return undefined;
  const series = Int32Array.from(whole, ({ k }) => k).sort((a, b) => lengths[a] - lengths[b] || a - b);
  return {
    series,
    ranked: {
      data: dataset.data,
      d: dataset.d,
      starts: series.map((k) => starts[k]),
      lengths: series.map((k) => lengths[k]),
    },
    above: whole
      .map((_, rank) => ({ k: rank, from: rank + skip, to: whole.length }))
      .filter(({ from, to }) => from < to),
    rest: rows.flatMap((row) => (isWhole(row) ? (end < row.to ? [{ ...row, from: end }] : []) : [row])),
  };
}
