import type { Series } from '../../input/series.ts';
import {
  type Band,
  LANES,
  type Pair,
  type PairResult,
  type Poll,
  pairsFor,
  type Recurrence,
} from '../../kernels/index.ts';
import type { Params } from '../../metric/params.ts';
import type { BandOf, Solution, Wanted } from '../../metric/problem.ts';
import type { MetricRecord } from '../../metric/record.ts';
import type { ManyPairs } from '../engine.ts';
import { slopeByGamma } from '../parameter-slopes.ts';
import { subtractSelves } from './before-and-after.ts';
import { finished } from './solve.ts';

/** Many pairs of equal lengths at once, one in each lane; undefined if there are no kernels for that. */
export function numpyPairs(
  record: MetricRecord,
  params: Params,
  bandOf: BandOf,
  { grad = false }: Wanted,
  poll: Poll,
): ManyPairs | undefined {
  if (!record.recurrence || record.prepare || record.perChannel) return undefined;
  const recurrenceOf = record.recurrence;
  const { normalized = false, finish } = record;
  const byGamma = grad === true && record.smoothedBy === 'gamma';
  return (pairs, put) => {
    for (const { which, lanes } of ofEqualLengths(pairs)) {
      const [s1, s2] = pairs[which[0]];
      const recurrence = recurrenceOf(params, s1, s2);
      const kernel = pairsFor(recurrence, s1.d);
      if (kernel === undefined) return;
      /** The pairs that a term of the value compares, and its band. */
      const term = (one: 0 | 1, other: 0 | 1): [Pair[], Band | undefined] => {
        const compared = which.map((at) => pairOf(pairs[at][one], pairs[at][other]));
        return [compared, bandOf(compared[0].n, compared[0].m)];
      };
      const terms = normalized ? [term(0, 1), term(0, 0), term(1, 1)] : [term(0, 1)];
      const fit = which.length >= lanes && terms.every(([[first], band]) => kernel.fits(first, band, grad !== false));
      const results = fit ? terms.map(([compared, band]) => kernel.solve(compared, band, grad !== false, poll)) : [];
      if (results.length === 0 || results.includes(undefined)) continue;
      for (const [lane, at] of which.entries()) {
        const [own, xx, yy] = results.map((found, k) => {
          const [compared, band] = terms[k];
          return solutionOf((found as PairResult[])[lane], byGamma && { recurrence, pair: compared[lane], band, poll });
        });
        if (xx && yy) subtractSelves(own, xx, yy);
        put(at, finished(typeof finish === 'function' ? finish(params, ...pairs[at]) : finish, own));
      }
    }
  };
}

/** How many pairs like this one share a batch. */
export function pairsTogether(
  record: MetricRecord,
  params: Params,
  bandOf: BandOf,
  { grad = false }: Wanted,
  [s1, s2]: readonly [Series, Series],
): number {
  if (!record.recurrence || record.prepare || record.perChannel) return 1;
  const kernel = pairsFor(record.recurrence(params, s1, s2), s1.d);
  return kernel?.fits(pairOf(s1, s2), bandOf(s1.n, s2.n), grad !== false) ? LANES : 1;
}

interface Slope {
  readonly recurrence: Recurrence;
  readonly pair: Pair;
  readonly band: Band | undefined;
  readonly poll: Poll;
}

function solutionOf({ value, s1, s2 }: PairResult, by: Slope | false): Solution {
  if (s1 === undefined || s2 === undefined) return { value };
  const slope = by === false ? undefined : slopeByGamma(by.recurrence, by.pair, by.band, { value, s1, s2 }, by.poll);
  return { value, gradient: { s1, s2, ...(slope !== undefined && { gamma: slope }) } };
}

const pairOf = (s1: Series, s2: Series): Pair => ({ s1: s1.data, s2: s2.data, n: s1.n, m: s2.n, d: s1.d });

/** Up to eight pairs of the same numbers of steps, and how many of them make a batch worthwhile. */
interface Group {
  readonly which: number[];
  readonly lanes: number;
}

/** The pairs in groups: as many as there are lanes, of equal lengths. */
function ofEqualLengths(pairs: readonly (readonly [Series, Series])[]): Group[] {
  const open = new Map<number, Group>();
  const groups: Group[] = [];
  for (const [at, [{ n }, { n: m }]] of pairs.entries()) {
    const key = n * 2 ** 26 + m;
    const group = open.get(key);
    if (group && group.which.length < LANES) {
      group.which.push(at);
      continue;
    }
    const started = { which: [at], lanes: lanesFor(n, m) };
    open.set(key, started);
    groups.push(started);
  }
  return groups;
}

/** From how many pairs on a batch is faster than one pair after another, measured: a wavefront is slow where diagonals are short. */
const lanesFor = (n: number, m: number): number => (n * m < 2000 ? 2 : n * m < 10_000 ? 3 : 5);
