import { bands } from '../../engines/build-problem.ts';
import { InvalidInput } from '../../errors.ts';
import { type Dataset, seriesAt } from '../../input/dataset.ts';
import type { Series } from '../../input/series.ts';
import { batchFor, boundedCandidates, kernelFor, LANES, type Poll, worthwhileLanes } from '../../kernels/index.ts';
import type { Params } from '../../metric/params.ts';
import type { MetricRecord } from '../../metric/record.ts';
import { envelope, transposed } from '../lower-bound/envelope.ts';
import { excessFrom } from '../lower-bound/lb-keogh.ts';
import { candidateEnvelopes } from './candidate-envelopes.ts';
import { quickBounds } from './quick-bounds.ts';

/** A bound may differ from a value that it equals by rounding: only candidates whose bound is larger by more than this are excluded. */
const SLACK = 1 + 1e-9;
const TINY = 1e-300;

/** A candidate that may be near enough; in a band, with lower bounds on the cost of the steps of the query from each one on. */
export interface Promising {
  readonly l: number;
  readonly rest?: Float64Array;
}

/** How to skip most pairs. The bounds are on the last cell of a pair's table. */
export interface Bounds {
  /** For each candidate, a lower bound on the last cell. `look` is called with a candidate before anything can be wrong with it. */
  quick(query: Series, look: (l: number) => void): Float64Array;
  /** How far the query is outside the envelope of candidate l; undefined if that is above `limit`. Valid while no more than eight have come after it. */
  closer(query: Series, l: number, limit: number): Promising | undefined;
  /** The last cells of up to eight candidates; of those that are above `limit`, anything above it. */
  within(query: Series, which: readonly Promising[], limit: number): Float64Array;
  /** The value that a last cell gives. */
  value(last: number): number;
  /** The smallest limit that excludes only last cells with a larger value. */
  above(value: number): number;
  /** Once all queries are done: keeps what later ones need. */
  end(): void;
  /** Frees what was kept for one query after another. */
  release(): void;
}

/**
 * Bounds for the metrics that have them: those where every step costs at least the squared Euclidean cost of its cell. They hold for every
 * band and for unequal lengths, because a window is whatever the band of that pair lets a step meet.
 */
export function boundsFor(
  record: MetricRecord,
  candidates: Dataset,
  queries: number,
  params: Params,
  poll: Poll,
): Bounds | undefined {
  if (!record.recurrence) return;
  const { prepare, normalized, perChannel } = record;
  const first = seriesAt(candidates, 0);
  const problem = record.recurrence(params, first, first);
  const finish = typeof record.finish === 'function' ? record.finish(params, first, first) : record.finish;
  const { moves, reduce } = problem;
  if (moves.kind !== 'warp' || moves.local.cost !== 'sqeuclidean' || moves.g !== undefined || reduce !== 'min') return;
  if (prepare || normalized || perChannel || (finish !== undefined && finish !== 'sqrt')) return;
  const { d, lengths } = candidates;
  const bandOf = bands(params);
  const around = (query: Series, m: number) => {
    const band = bandOf(query.n, m);
    return envelope(query, band && transposed(band, m));
  };
  const inLanes = fitsInLanes(candidates, queries)
    ? boundedCandidates(
        Array.from(lengths, (_, l) => seriesAt(candidates, l)),
        d,
        poll,
      )
    : undefined;
  const kernel = kernelFor(problem, d);
  const batch = batchFor(problem, d);
  const envelopes = candidateEnvelopes(candidates, params, bandOf, poll);
  // Used in turn: no more of them wait at the same time.
  let rests: Float64Array[] = [];
  let turn = 0;

  const oneByOne: Bounds['quick'] = (query, look) => {
    const lookAround = (l: number, m: number) => {
      look(l);
      return around(query, m);
    };
    return quickBounds(query, candidates, lookAround, poll);
  };

  /** Pairs of the same lengths. */
  const alike = (query: Series, which: readonly Promising[], limit: number): ArrayLike<number> => {
    const others = which.map(({ l }) => seriesAt(candidates, l));
    const band = bandOf(query.n, others[0].n);
    if (batch?.within && which.length >= worthwhileLanes(query.n * others[0].n).own) {
      batch.open([query]);
      const rests = which.map(({ l, rest }) => rest ?? envelopes.of(l, query.n, band));
      return batch.within(0, others, () => band, limit, rests, poll);
    }
    return others.map(({ data, n: m }, at) => {
      const pair = { s1: query.data, s2: data, n: query.n, m, d };
      if (limit === Infinity || kernel.valueWithin === undefined) return kernel.value(pair, band, poll);
      const { l, rest = new Float64Array(query.n + 1) } = which[at];
      if (!which[at].rest && !excessFrom(query, envelopes.of(l, query.n, band), limit, rest)) return Infinity;
      return kernel.valueWithin(pair, band, { limit, rest }, poll);
    });
  };

  return {
    quick(query, look) {
      if (inLanes === undefined) return oneByOne(query, look);
      const least = new Float64Array(lengths.length);
      try {
        inLanes.bound(query, (m) => around(query, m), least, poll);
      } catch (error) {
        // The band of a pair may be infeasible: one by one, the first such pair is found.
        if (error instanceof InvalidInput) return oneByOne(query, look);
        throw error;
      }
      return least;
    },
    closer(query, l, limit) {
      const band = bandOf(query.n, lengths[l]);
      // Without a band it is hardly ever far outside.
      if (band === undefined) return { l };
      if (rests.length === 0 || rests[0].length <= query.n) {
        rests = Array.from({ length: LANES }, () => new Float64Array(query.n + 1));
      }
      const rest = rests[turn];
      if (!excessFrom(query, envelopes.of(l, query.n, band), limit, rest)) return undefined;
      turn = (turn + 1) % LANES;
      return { l, rest };
    },
    within(query, which, limit) {
      const found = new Float64Array(which.length);
      for (const m of new Set(which.map(({ l }) => lengths[l]))) {
        const places = [...which.keys()].filter((at) => lengths[which[at].l] === m);
        const lasts = alike(
          query,
          places.map((at) => which[at]),
          limit,
        );
        for (const [at, place] of places.entries()) found[place] = lasts[at];
      }
      return found;
    },
    value: (last) => (finish === 'sqrt' ? Math.sqrt(last) : last),
    above: (value) => (finish === 'sqrt' ? value * value : value) * SLACK + TINY,
    end: envelopes.end,
    release: () => inLanes?.release(),
  };
}

/** Numbers of candidates that are kept in lanes: 8 MiB. */
const MOST_NUMBERS = 2 ** 20;

/** Whether it pays to keep the candidates in lanes: for several queries, if few lanes stay empty. */
function fitsInLanes({ lengths, d }: Dataset, queries: number): boolean {
  if (queries < 2) return false;
  const counts = new Map<number, number>();
  for (const m of lengths) counts.set(m, (counts.get(m) ?? 0) + 1);
  let [blocks, numbers] = [0, 0];
  for (const [m, count] of counts) {
    blocks += Math.ceil(count / LANES);
    numbers += Math.ceil(count / LANES) * LANES * m * d;
  }
  return numbers <= MOST_NUMBERS && 2 * lengths.length >= LANES * blocks;
}
