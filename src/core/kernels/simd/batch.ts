import type { Band, Moves, Poll } from '../types.ts';
import type { Instance, RowSweep } from './instance.ts';
import { LANES } from './lanes.ts';
import { bufferedCosts, sweepName } from './layout.ts';
import { chosenCost, isSquared } from './local-cost.ts';
import { hasPathSweep, type MoveTables, type Steps, type SweepKind } from './move-tables.ts';

export type { Steps } from './move-tables.ts';

/** Many pairs at once. Nothing else may use the kernels of this thread between `open` and the last `block`. */
export interface Batch {
  /** Lays out the queries of the blocks that follow. */
  open(queries: readonly BatchSteps[]): void;
  /**
   * R[n-1,m-1] of some of the queries, by their places, with up to eight candidates: of the r-th of them with candidate l at 8 r + l. Valid until the
   * next call.
   *
   * @param bandOf the band for a query of n steps and a candidate of m steps: all pairs have one, or none
   */
  block(which: ArrayLike<number>, candidates: readonly BatchSteps[], bandOf: BandOf, poll: Poll): Float64Array;
  /** The same of up to eight pairs, query l with candidate l, where all queries have the same number of steps: no `open` comes before it. */
  pairs(queries: readonly BatchSteps[], candidates: readonly BatchSteps[], bandOf: BandOf, poll: Poll): Float64Array;
}

type BandOf = (n: number, m: number) => Band | undefined;

/** A series in a batch. */
export interface BatchSteps extends Steps {
  /** edr's epsilon, if each series has its own: that of a pair is the larger one. */
  readonly epsilon?: number;
}

/** Values of a lane in about a millisecond. */
const VALUES = 400_000;
/** Bytes of a query's record: assembly/batch.ts. */
const RECORD = 32;

/** How the pairs of a batch are reduced. */
export interface Reducer {
  /** How the exports of its sweeps begin, for d values per step. */
  readonly sweep: (d: number) => string;
  /** The same of the sweep that leaves nothing out, if that is another one. */
  readonly whole?: (d: number) => string;
  /** Eights of numbers that a sweep leaves behind for each query. */
  readonly results: number;
  /** The most steps that both series of a pair may have together. */
  readonly most?: number;
  /** Takes room for the rows of candidates of up to `longest` steps and queries of up to `rows`, and returns where R is. */
  readonly layOutRows: (instance: Instance, longest: number, rows: number) => number;
  /**
   * R[n-1,m-1] of `count` queries, or of one for each lane, with the candidates, from their results; of those that the batch is not for, NaN.
   *
   * @param queriesOf the r-th query, or those of the lanes
   */
  readonly last?: (
    queriesOf: (r: number) => readonly BatchSteps[],
    count: number,
    candidates: readonly BatchSteps[],
    bandOf: BandOf,
    results: Float64Array,
  ) => Float64Array;
}

/** The smallest, or the largest, cost on the way. */
export const minimum = (kind: SweepKind, moves: Moves): Reducer => ({
  sweep: (d) => sweepName(kind, d, moves),
  // Two or three channels need no buffer for their costs.
  ...(kind === 'dtw' &&
    isSquared(moves) && { whole: (d: number) => ['dtw', 'dtwTwo', 'dtwThree'][d - 1] ?? sweepName(kind, d, moves) }),
  results: 1,
  // Where a diagonal move starts from another number than the others, this has a place for each row and column: assembly/split-rows.ts.
  layOutRows: (instance, longest, rows) =>
    instance.take(64 * (longest + 2 + (hasPathSweep(moves) ? longest + rows + 4 : 0))),
});

/** R that are whole numbers: 16 bits each (assembly/count-rows.ts). */
export const counted = (sweep: Reducer['sweep']): Reducer => ({
  sweep,
  results: 1,
  most: 2 ** 15 - 2,
  layOutRows: (instance, longest) => instance.take(16 * (longest + 2)),
});

/** What a batch has to lay out for its moves. */
export interface BatchMoves {
  readonly tables: MoveTables;
  /** How many numbers each cell has in the buffer of costs. */
  readonly costs: number;
  /** The local cost by its number, if the sweep is for several. */
  readonly chosen?: number | undefined;
}

/** The local costs of a recurrence on series of d values per step, as its sweeps need them. */
export const batchCosts = (moves: Moves, d: number): Omit<BatchMoves, 'tables'> => ({
  costs: bufferedCosts(moves, d),
  chosen: 'local' in moves ? chosenCost(moves.local, d) : undefined,
});

/** The batch of a recurrence that has sweeps, for series of d values per step. */
export function simdBatch(instance: Instance, reducer: Reducer, moves: BatchMoves, d: number): Batch {
  const tables: Tables = {
    ...moves.tables,
    alone: computedOnce(moves.tables.alone),
    back: computedOnce(moves.tables.back),
    between: computedOnce(moves.tables.between),
    border: computedOnce(moves.tables.border),
  };
  const { alone, back, between, border, weight } = tables;
  const weightOf = weight && remembered(weight);
  const whole = (reducer.whole ?? reducer.sweep)(d);
  const name = `${whole}Rows`;
  const ownName = `${whole}OwnRows`;
  let queries: readonly BatchSteps[] = [];
  /** The queries of the lanes, if each has its own: they are laid out as one. */
  let own: readonly BatchSteps[] | undefined;
  /** The steps of the longest of them. */
  let most = 0;
  /** The address of the first step of each query. */
  let places = new Int32Array(0);
  let taken = 0;
  /** The records of all queries, without bands; 0: there are none. */
  let plain = 0;
  const offsets = { alone: 0, back: 0, between: 0, border: 0 };

  /** Queries one after another, with a step of zeros around each. */
  const open: Batch['open'] = (given) => {
    instance.reset();
    queries = given;
    own = undefined;
    places = new Int32Array(given.length);
    let bytes = 8 * d;
    most = 0;
    for (const [q, { n }] of given.entries()) {
      most = Math.max(most, n);
      places[q] = bytes;
      bytes += 8 * d * (n + 1);
    }
    const steps = instance.take(bytes);
    instance.f64.fill(0, steps >> 3, (steps + bytes) >> 3);
    for (const [q, { data }] of given.entries()) {
      places[q] += steps;
      instance.f64.set(data, places[q] >> 3);
    }
    /** A number for each step, where the first value of the step is in an area of its own; its distance from the steps. */
    const beside = (of: ((s: Steps, second: boolean) => (step: number) => number) | undefined) => {
      if (!of) return 0;
      const offset = instance.take(bytes) - steps;
      for (const [q, query] of given.entries()) {
        const number = of(query, false);
        for (let i = 0, at = (places[q] + offset) >> 3; i < query.n; i++, at += d) instance.f64[at] = number(i);
      }
      return offset;
    };
    offsets.alone = beside(alone);
    offsets.back = beside(back);
    offsets.between = beside(between);
    offsets.border = beside(border);
    plain = 0;
    // With weights, a record also has numbers of a block of candidates.
    if (!weightOf) {
      plain = instance.take(RECORD * given.length);
      for (let q = 0; q < given.length; q++) writeRecord(plain + RECORD * q, q, 0, NO_COLUMNS);
    }
    taken = instance.taken;
  };

  const writeRecord = (at: number, q: number, table: number, { from, to, lanes }: Columns) => {
    const { i32 } = instance;
    const { n, epsilon = 0 } = queries[q];
    i32[at >> 2] = places[q];
    i32[(at >> 2) + 1] = n;
    i32[(at >> 2) + 2] = table;
    i32[(at >> 2) + 3] = from;
    i32[(at >> 2) + 4] = to;
    i32[(at >> 2) + 5] = lanes;
    // With a query for each lane, the thresholds of the candidates are those of the pairs.
    instance.f64[(at >> 3) + 3] = own ? 0 : epsilon;
  };

  /** Where the records of some queries are: those that were laid out for all candidates, if they do. */
  const recordsOf = (which: ArrayLike<number>, candidates: readonly BatchSteps[], bandOf: BandOf): number => {
    const banded = bandOf(queries[which[0]].n, candidates[0].n) !== undefined;
    if (plain && isRun(which) && !banded) return plain + RECORD * which[0];
    const lengths = candidates.map((candidate) => candidate.n);
    const bands = new Map<number, Columns>();
    const weights = new Map<number, number>();
    const records = instance.take(RECORD * which.length);
    for (let r = 0, at = records; r < which.length; r++, at += RECORD) {
      const { n } = queries[which[r]];
      let band = bands.get(n);
      if (band === undefined) {
        band = banded ? layOutBand(instance, n, lengths, bandOf) : NO_COLUMNS;
        bands.set(n, band);
      }
      let table = weights.get(n) ?? 0;
      if (weightOf && table === 0) {
        table = layOutWeights(instance, weightOf, n, candidates);
        weights.set(n, table);
      }
      writeRecord(at, which[r], table, band);
    }
    return records;
  };

  /** One query for each lane. */
  const openOwn = (given: readonly BatchSteps[]) => {
    instance.reset();
    queries = [given[0]];
    own = given;
    const { n } = given[0];
    most = n;
    const { steps } = inLanes(instance, given, n, d, 64 * d, false);
    places = Int32Array.of(steps);
    plain = 0;
    const beside = (of: NumberOf | undefined) => {
      if (!of) return 0;
      const at = instance.take(64 * d * n);
      for (const [l, one] of given.entries()) {
        const number = of(one, false);
        for (let i = 0, to = (at >> 3) + l; i < n; i++, to += LANES * d) instance.f64[to] = number(i);
      }
      return at - steps;
    };
    offsets.alone = beside(alone);
    offsets.back = beside(back);
    offsets.between = beside(between);
    offsets.border = beside(border);
    taken = instance.taken;
  };

  const solve = (which: ArrayLike<number>, candidates: readonly BatchSteps[], bandOf: BandOf, poll: Poll) => {
    instance.backTo(taken);
    const longest = layOutCandidates(instance, reducer, tables, candidates, offsets, d, moves.costs, most);
    if (moves.chosen !== undefined) instance.wasm.chooseCost(moves.chosen);
    if (tables.threshold !== undefined) layOutThresholds(instance, candidates, own, tables.threshold);
    if (tooLong(which, longest)) return new Float64Array(LANES * which.length).fill(Number.NaN);
    const records = recordsOf(which, candidates, bandOf);
    const results = instance.take(64 * reducer.results * which.length);
    instance.wasm.startBatch(records, which.length, results);
    const sweep = instance.wasm[own ? ownName : name] as RowSweep;
    const rows = Math.max(1, Math.floor(VALUES / (longest * d)));
    do {
      poll();
      sweep(rows);
    } while (instance.wasm.query.value < which.length);
    const each = LANES * reducer.results;
    const found = instance.f64.subarray(results >> 3, (results >> 3) + each * which.length);
    const { last } = reducer;
    if (last === undefined) return found;
    return last((r) => own ?? [queries[which[r]]], which.length, candidates, bandOf, found);
  };

  const tooLong = (which: ArrayLike<number>, longest: number): boolean => {
    const { most = Infinity } = reducer;
    if (longest > most) return true;
    for (let r = 0; most < Infinity && r < which.length; r++) if (queries[which[r]].n + longest > most) return true;
    return false;
  };

  const block: Batch['block'] = (which, candidates, bandOf, poll) => solve(which, candidates, bandOf, poll);
  const pairs: Batch['pairs'] = (queries, candidates, bandOf, poll) => {
    openOwn(queries);
    return solve([0], candidates, bandOf, poll);
  };
  return { open, block, pairs };
}

/** Whether places follow each other. */
const isRun = (which: ArrayLike<number>): boolean => {
  for (let r = 1; r < which.length; r++) if (which[r] !== which[0] + r) return false;
  return true;
};

/** The numbers of each series, computed when it is first laid out: in a matrix it is in many blocks. */
function computedOnce(of: NumberOf | undefined): NumberOf | undefined {
  if (of === undefined) return undefined;
  const known = { first: new WeakMap<Float64Array, Float64Array>(), second: new WeakMap<Float64Array, Float64Array>() };
  return (s, second) => {
    const already = second ? known.second : known.first;
    let numbers = already.get(s.data);
    if (numbers === undefined) {
      const number = of(s, second);
      numbers = new Float64Array(s.n);
      for (let step = 0; step < s.n; step++) numbers[step] = number(step);
      already.set(s.data, numbers);
    }
    const found = numbers;
    return (step) => found[step];
  };
}

/** Lays out the steps of the candidates and everything of a batch that depends on them alone. Returns the steps of the longest. */
function layOutCandidates(
  instance: Instance,
  reducer: Reducer,
  { penalty, threshold = 0, alone, back, between, warp, border }: Tables,
  candidates: readonly Steps[],
  offsets: { readonly alone: number; readonly back: number; readonly between: number; readonly border: number },
  d: number,
  costs: number,
  rows: number,
): number {
  const { wasm } = instance;
  let longest = 0;
  for (const { n } of candidates) longest = Math.max(longest, n);
  const lengths = instance.take(4 * LANES) >> 2;
  for (let l = 0; l < LANES; l++) instance.i32[lengths + l] = candidates[l]?.n ?? longest;
  // Numbers that belong to a step come after its values.
  const stride = 64 * (d + (alone ? 1 : 0) + (back ? 1 : 0) + (between ? 1 : 0));
  const { steps, beside } = inLanes(instance, candidates, longest, d, stride, true);
  if (alone) wasm.setStepCosts(offsets.alone, beside(alone, d));
  if (back) wasm.setStepCostsBack(offsets.back, beside(back, d + 1));
  if (between) wasm.setBetween(offsets.between, beside(between, d + 2));
  if (warp) wasm.setWarp(warp.factor, warp.whole);
  const top = border ? numbersInLanes(instance, candidates, longest, border) : 0;
  const cells = reducer.layOutRows(instance, longest, rows);
  // As in a wavefront, where each has two diagonals.
  if (costs > 0) wasm.keepCosts(instance.take(64 * costs * (longest + 1)), 32 * (longest + 1));
  if (penalty !== undefined) wasm.setConstants(penalty, threshold);
  wasm.describeBatch(steps, stride, d, cells, lengths << 2, longest);
  wasm.setBatchBorders(top, offsets.border);
  return longest;
}

type Numbers = 'alone' | 'back' | 'between' | 'border';
type Tables = Omit<MoveTables, Numbers> & { readonly [K in Numbers]: NumberOf | undefined };

type NumberOf = (s: Steps, second: boolean) => (step: number) => number;

/**
 * Lays out series of up to `longest` steps, one in each lane, `stride` bytes for each step and a step of zeros on both sides; `beside` adds a number that each step
 * has, as its value `at`.
 */
function inLanes(
  instance: Instance,
  series: readonly Steps[],
  longest: number,
  d: number,
  stride: number,
  second: boolean,
) {
  const bytes = stride * (longest + 2);
  const steps = instance.take(bytes) + stride;
  const { f64 } = instance;
  f64.fill(0, (steps - stride) >> 3, (steps - stride + bytes) >> 3);
  const step = stride >> 3;
  for (const [l, { data, n }] of series.entries()) {
    if (step === LANES * d) for (let v = 0, at = (steps >> 3) + l; v < data.length; v++, at += LANES) f64[at] = data[v];
    else {
      for (let i = 0, v = 0, start = (steps >> 3) + l; i < n; i++, start += step) {
        for (let at = start, end = start + LANES * d; at < end; v++, at += LANES) f64[at] = data[v];
      }
    }
  }
  const beside = (of: NumberOf, at: number) => {
    for (const [l, one] of series.entries()) {
      const number = of(one, second);
      for (let j = 0, to = (steps >> 3) + LANES * at + l; j < one.n; j++, to += step) f64[to] = number(j);
    }
    return 64 * at;
  };
  return { steps, beside };
}

/** The address of series of the same length, one in each lane. */
export function alikeInLanes(instance: Instance, series: readonly BatchSteps[]): number {
  const [{ n, d }] = series;
  return inLanes(instance, series, n, d, 64 * d, false).steps;
}

/** A number for each step of each candidate, after each other. */
function numbersInLanes(instance: Instance, series: readonly Steps[], longest: number, of: NumberOf): number {
  const at = instance.take(64 * longest);
  instance.f64.fill(0, at >> 3, (at >> 3) + LANES * longest);
  for (const [l, one] of series.entries()) {
    const number = of(one, true);
    for (let j = 0, to = (at >> 3) + l; j < one.n; j++, to += LANES) instance.f64[to] = number(j);
  }
  return at;
}

/** The thresholds of the candidates; of the pairs, if each has a query of its own. `usual`: of series that have none of their own. */
function layOutThresholds(
  instance: Instance,
  candidates: readonly BatchSteps[],
  own: readonly BatchSteps[] | undefined,
  usual: number,
): void {
  const at = instance.take(64);
  for (let l = 0; l < LANES; l++) {
    instance.f64[(at >> 3) + l] = Math.max(candidates[l]?.epsilon ?? usual, own?.[l]?.epsilon ?? 0);
  }
  instance.wasm.setThresholds(at);
}

/** Where the columns of each row are, the first ones and the last ones, and those of each lane where they differ; 0: all. */
interface Columns {
  readonly from: number;
  readonly to: number;
  readonly lanes: number;
}

const NO_COLUMNS: Columns = { from: 0, to: 0, lanes: 0 };

/** The band of n steps with candidates of so many steps each. */
function layOutBand(instance: Instance, n: number, lengths: readonly number[], bandOf: BandOf): Columns {
  const from = instance.take(4 * n);
  const to = instance.take(4 * n);
  const [m] = lengths;
  const { lo, hi } = bandOf(n, m) as Band;
  instance.i32.set(lo, from >> 2);
  instance.i32.set(hi, to >> 2);
  if (lengths.every((other) => other === m)) return { from, to, lanes: 0 };
  const bands = instance.take(4 * 2 * LANES);
  // Lanes without a candidate have the columns of the first.
  for (let l = 0, first = from, last = to, length = m; l < LANES; l++) {
    const own = lengths[l] ?? m;
    if (own !== length) {
      const { lo, hi } = bandOf(n, own) as Band;
      first = instance.take(4 * n);
      last = instance.take(4 * n);
      instance.i32.set(lo, first >> 2);
      instance.i32.set(hi, last >> 2);
      length = own;
    }
    instance.i32[(bands >> 2) + l] = first;
    instance.i32[(bands >> 2) + LANES + l] = last;
  }
  const lanes = instance.take(4 * 2 * LANES * n);
  instance.wasm.layOutLanes(bands, n, lanes, from, to);
  return { from, to, lanes };
}

/** Weights of n steps with each candidate by j - i. */
function layOutWeights(
  instance: Instance,
  weightOf: (n: number, m: number) => Float64Array,
  n: number,
  candidates: readonly Steps[],
): number {
  let longest = 0;
  for (const { n: m } of candidates) longest = Math.max(longest, m);
  const zero = (instance.take(64 * (n + longest + 1)) >> 3) + LANES * n;
  instance.f64.fill(0, zero - LANES * n, zero + LANES * longest);
  for (const [l, { n: m }] of candidates.entries()) {
    const weights = weightOf(n, m);
    for (let j = 1 - n; j < m; j++) instance.f64[zero + LANES * j + l] = weights[Math.abs(j)];
  }
  return zero << 3;
}

/** Weights by |i - j| that are computed once for series of the same numbers of steps. */
function remembered(weight: NonNullable<MoveTables['weight']>): (n: number, m: number) => Float64Array {
  let last: { n: number; m: number; weights: Float64Array } | undefined;
  return (n, m) => {
    if (last === undefined || last.n !== n || last.m !== m) {
      const by = weight(n, m);
      last = { n, m, weights: Float64Array.from({ length: Math.max(n, m) }, (_, difference) => by(difference)) };
    }
    return last.weights;
  };
}
