import type { Band, Poll } from '../types.ts';
import { type CandidateGroup, candidateNumbers, layOutGroups, type SeriesTable } from './candidate-groups.ts';
import type { Instance, RowSweep } from './instance.ts';
import { LANES } from './lanes.ts';
import type { Steps } from './move-tables.ts';
import { type Windows, windowNumbers, windowsOf } from './windows.ts';

/** A band by rows of the query and by columns. */
export interface BothWays {
  readonly rows: Band;
  readonly columns: Band;
}

/** A candidate that may be near: its position and a lower bound on the last cell of its table. */
export interface Near {
  readonly position: number;
  readonly bound: number;
}

/**
 * Some candidates, for one query after another. Each has a position, those of the same length follow each other, and there are positions without one. Bounds are on the last
 * cell of a pair's table.
 */
export interface NearCandidates {
  /** How many candidates there are. */
  readonly count: number;
  /** How many positions there are, and the place in the data set of the candidate at one; -1: there is none. */
  readonly positions: number;
  placeAt(position: number): number;
  /** How many steps it has. */
  stepsAt(position: number): number;
  /**
   * Begins with a query: the first lower bound of each position, NaN where there is no candidate. Valid until the next query.
   *
   * @param bandOf the band for n and m steps; called once for each m
   */
  quick(query: Steps, bandOf: (n: number, m: number) => BothWays | undefined, poll: Poll): Float64Array;
  /** Of the positions whose bounds, as `quick` returns them, are not above the limit, those whose closer bounds are not either. */
  closer(quick: Float64Array, limit: number, poll: Poll): Near[];
  /** The last cells of up to eight candidates of the same length; of those above the limit, anything above it. */
  within(positions: readonly number[], limit: number, poll: Poll): Float64Array;
  /** Lower bounds on the cost of the steps of the query from each one on, and 0. */
  rest(position: number): Float64Array;
  /** Their envelopes in memory, as they are now: until something is computed. */
  envelopes(): EnvelopesInMemory[];
}

/** The envelopes of candidates of the same length. */
export interface EnvelopesInMemory {
  /** For each candidate, the steps of the queries for which its envelope was computed; -1: without a band; 0: not at all. */
  readonly marks: Int32Array;
  /** For each candidate, a row of d smallest values for each step of the query, or a single one without a band; then the largest. There is room for the longest query. */
  readonly numbers: Float64Array;
}

/** The most numbers that candidates and what belongs to them take at once: 8 MiB. */
const MOST_NUMBERS = 2 ** 20;

/** Cells that a second corner may have: of so many cells of a table one, and so many steps. */
const CELLS_PER_CORNER_CELL = 64;
const LARGEST_CORNER = 64;

/** Values of a lane in about a millisecond. */
const VALUES = 400_000;

/** The places of candidates, in groups of the same length, in parts that fit in memory together. `rows` is how many an envelope of them has. */
export function partsOf({ lengths, d }: SeriesTable, rows: number): Int32Array[] {
  const places = new Int32Array(lengths.length);
  let sorted = true;
  for (let l = 0; l < places.length; l++) {
    places[l] = l;
    if (l > 0 && lengths[l] < lengths[l - 1]) sorted = false;
  }
  if (!sorted) places.sort((a, b) => lengths[a] - lengths[b] || a - b);
  const parts: Int32Array[] = [];
  let [from, numbers, length, each] = [0, 0, -1, 0];
  for (let at = 0; at < places.length; at++) {
    const m = lengths[places[at]];
    if (m !== length) {
      length = m;
      each = candidateNumbers(m, d, rows);
    }
    if (at > from && numbers + each > MOST_NUMBERS) {
      parts.push(places.subarray(from, at));
      from = at;
      numbers = 0;
    }
    numbers += each;
  }
  parts.push(places.subarray(from));
  return parts;
}

/** The sweep that finds last cells below a limit, and the penalty that its moves pay. */
export interface PrunedSweep {
  readonly name: string;
  readonly penalty: number;
}

/**
 * Lays out candidates by their places. Until `release`, this thread's instance keeps them.
 *
 * @param longest the steps of the longest query
 * @param rows the rows of an envelope of a candidate: `longest` in a band, otherwise 1
 */
export function nearCandidates(
  instance: Instance,
  table: SeriesTable,
  places: Int32Array,
  longest: number,
  rows: number,
  sweep: PrunedSweep,
  poll: Poll,
): NearCandidates & { release(): void } {
  instance.reset();
  const { d, lengths } = table;
  const stride = 16 * Math.max(1, rows) * d;
  const groups = layOutGroups(instance, table, places, rows, poll);
  const positions = groups.reduce((sum, { blocks }) => sum + LANES * blocks, 0);
  const placeAt = new Int32Array(positions).fill(-1);
  const groupAt = new Int32Array(positions);
  for (const [g, { places, first, blocks }] of groups.entries()) {
    placeAt.set(places, first);
    groupAt.fill(g, first, first + LANES * blocks);
  }
  const empty = Int32Array.from(placeAt.keys()).filter((position) => placeAt[position] < 0);
  const steps = Math.max(longest, lengths[places[places.length - 1]]);
  const areas = {
    query: instance.take(8 * longest * d),
    lower: instance.take(8 * steps * d),
    upper: instance.take(8 * steps * d),
    lowerSums: instance.take(8 * steps * d),
    upperSums: instance.take(8 * steps * d),
    out: instance.take(8 * positions),
    starts: instance.take(64),
    ends: instance.take(8 * positions),
    list: instance.take(4 * (positions + LANES)),
    bounds: instance.take(8 * positions),
    middles: instance.take(8 * positions),
    lastCorners: instance.take(64),
    windows: instance.take(4 * windowNumbers(steps)),
    ownWindows: instance.take(4 * windowNumbers(steps)),
    from: instance.take(4 * longest),
    to: instance.take(4 * longest),
    corner: instance.take(64 * d * LARGEST_CORNER),
    scratch: instance.take(Math.max(64 * (LARGEST_CORNER + 1), 16 * steps * d + 64)),
  };
  instance.wasm.setScratch(areas.scratch);
  instance.hold();
  const quickBounds = new Float64Array(positions);
  /** The last corner of each position, as far as it is known. */
  const lastCorners = new Float64Array(positions);
  let query: Steps = { data: new Float64Array(), n: 0, d };
  let bandOf: (n: number, m: number) => BothWays | undefined = () => undefined;
  /** What is laid out for a query of n steps and candidates of m. */
  let laid = { n: -1, m: -1, hasBand: false, cells: 0, levels: 0, ownLevels: 0 };
  /** For candidates of how many steps the query's envelope is laid out. */
  let around = -1;

  const put = ({ table }: Windows, at: number) => instance.i32.set(table, at >> 2);
  const layOut = (m: number) => {
    const { n } = query;
    if (laid.n === n && laid.m === m) return laid;
    const band = bandOf(n, m);
    const whole = (length: number): Windows => windowsOf({ lo: Int32Array.of(0), hi: Int32Array.of(length - 1) }, poll);
    const windows = band ? windowsOf(band.columns, poll) : whole(n);
    const own = band ? windowsOf(band.rows, poll) : whole(m);
    put(windows, areas.windows);
    put(own, areas.ownWindows);
    let cells = n * m;
    if (band) {
      const { lo, hi } = band.rows;
      instance.i32.set(lo, areas.from >> 2);
      instance.i32.set(hi, areas.to >> 2);
      cells = 0;
      for (let i = 0; i < n; i++) cells += hi[i] - lo[i] + 1;
    }
    laid = { n, m, hasBand: band !== undefined, cells, levels: windows.levels, ownLevels: own.levels };
    return laid;
  };
  const envelopeOf = (series: number, m: number, windows: number, levels: number, lower: number, upper: number) => {
    const { wasm } = instance;
    if (m * d <= LONG) return wasm.envelopeOf(series, m, d, windows, levels, lower, upper);
    wasm.startEnvelope(series, m, d);
    for (let k = 0, at = windows; k < levels; k++) {
      poll();
      at = wasm.envelopeLevel(k, m, d, at, lower, upper);
    }
  };
  /** The envelope of the query for candidates of m steps. */
  const lookAround = (m: number) => {
    const { levels, hasBand } = layOut(m);
    if (around === m) return;
    around = m;
    const { f64 } = instance;
    envelopeOf(areas.query, query.n, areas.windows, levels, areas.lower, areas.upper);
    if (hasBand) return;
    for (const at of [areas.lower >> 3, areas.upper >> 3])
      for (let v = d; v < m * d; v++) f64[at + v] = f64[at + v - d];
  };
  /** The steps of the second corners. */
  const cornerOf = ({ m, corner }: CandidateGroup) => {
    const size = Math.floor(Math.sqrt(layOut(m).cells / CELLS_PER_CORNER_CELL));
    return Math.min(Math.max(corner, size), LARGEST_CORNER, m >> 1, query.n >> 1);
  };
  const markOf = () => (laid.hasBand ? query.n : -1);
  /** The bytes of one half of an envelope. */
  const halfOf = () => (laid.hasBand ? 8 * query.n * d : 8 * d);
  /** Makes the envelopes of `count` candidates in the list known. */
  const keepEnvelopes = ({ m, data, envelopes, marks }: CandidateGroup, count: number) => {
    const { ownLevels } = layOut(m);
    const { wasm, i32 } = instance;
    const half = halfOf();
    if (m * d <= LONG) {
      const mark = markOf();
      const windows = areas.ownWindows;
      wasm.keepEnvelopes(areas.list, count, data, m, d, windows, ownLevels, envelopes, stride, half, marks, mark);
      return;
    }
    for (let at = 0; at < count; at++) {
      const l = i32[(areas.list >> 2) + at];
      if (i32[(marks >> 2) + l] === markOf()) continue;
      const lower = envelopes + stride * l;
      envelopeOf(data + 8 * m * d * l, m, areas.ownWindows, ownLevels, lower, lower + half);
      i32[(marks >> 2) + l] = markOf();
    }
  };

  const quickOf = (group: CandidateGroup, largest: number, poll: Poll) => {
    const { m, first, summaries, blocks, corner, segments, width } = group;
    lookAround(m);
    const { wasm } = instance;
    // Sums of magnitudes up to this one may be wrong by so much; those of enormous ones could be infinite.
    const magnitude = Math.max(largest, group.largest);
    const error = 2 * width * width * Number.EPSILON * magnitude;
    const used = magnitude < 1e150 ? segments : 0;
    wasm.sumRows(areas.lower, d, corner, used, width, -error, areas.lowerSums);
    wasm.sumRows(areas.upper, d, corner, used, width, error, areas.upperSums);
    const size = Math.min(corner, query.n >> 1);
    const last = areas.query + 8 * d * (query.n - 1);
    const bytes = 64 * (2 * corner + segments) * d;
    for (let b = 0; b < blocks; b += BLOCKS) {
      poll();
      const some = Math.min(BLOCKS, blocks - b);
      const at = 8 * (first + LANES * b);
      wasm.boundLanes(
        summaries + bytes * b,
        some,
        corner,
        size,
        used,
        segments,
        d,
        areas.query,
        last,
        areas.lowerSums,
        areas.upperSums,
        1 / width,
        areas.out + at,
        areas.ends + at,
      );
    }
  };

  const closerOf = (group: CandidateGroup, quick: Float64Array, limit: number, poll: Poll, to: Near[]) => {
    const { m, first, blocks, data, envelopes, marks } = group;
    const end = first + LANES * blocks;
    for (let next = first; next < end; ) {
      poll();
      const { wasm, i32 } = instance;
      const list = areas.list >> 2;
      let listed = 0;
      for (; next < end && listed < LISTED; next++) {
        i32[list + listed] = next - first;
        if (quick[next] <= limit) listed++;
      }
      if (listed === 0) return;
      lookAround(m);
      const size = cornerOf(group);
      const { hasBand, ownLevels } = laid;
      if (hasBand && m * d > LONG) keepEnvelopes(group, listed);
      const remaining = wasm.closer(
        areas.list,
        listed,
        data,
        m,
        d,
        areas.query,
        query.n,
        size,
        areas.lower,
        areas.upper,
        hasBand ? areas.ownWindows : 0,
        ownLevels,
        envelopes,
        stride,
        marks,
        markOf(),
        areas.ends + 8 * first,
        limit,
        areas.bounds,
        areas.middles,
      );
      if (remaining === 0) continue;
      for (let at = remaining; at % LANES; at++) i32[list + at] = i32[list];
      for (let at = 0; at < remaining; at += LANES) {
        wasm.cornerLanes(
          areas.list + 4 * at,
          data,
          m,
          d,
          areas.query,
          query.n,
          size,
          areas.corner,
          areas.starts,
          areas.lastCorners,
        );
        const { f64 } = instance;
        for (let l = 0; l < Math.min(LANES, remaining - at); l++) {
          const position = first + i32[list + at + l];
          const last = f64[(areas.lastCorners >> 3) + l];
          const ends = f64[(areas.starts >> 3) + l] + last + f64[(areas.middles >> 3) + at + l];
          const bound = Math.max(f64[(areas.bounds >> 3) + at + l], ends);
          lastCorners[position] = last;
          if (bound <= limit) to.push({ position, bound });
        }
      }
    }
  };

  /** Lists up to eight candidates; lanes that are left have the first one again. */
  const list = ({ first }: CandidateGroup, some: readonly number[]) => {
    for (let l = 0; l < LANES; l++) instance.i32[(areas.list >> 2) + l] = (some[l] ?? some[0]) - first;
  };

  /** Lists candidates, and writes their rests. */
  const layOutRests = (group: CandidateGroup, some: readonly number[], to: number) => {
    const { m, envelopes } = group;
    const { hasBand } = layOut(m);
    const { wasm, f64 } = instance;
    list(group, some);
    for (let l = 0; l < LANES; l++) f64[(areas.lastCorners >> 3) + l] = lastCorners[some[l] ?? some[0]];
    keepEnvelopes(group, LANES);
    wasm.restLanes(
      areas.list,
      areas.query,
      query.n,
      d,
      envelopes,
      stride,
      halfOf(),
      hasBand ? 8 * d : 0,
      cornerOf(group),
      areas.lastCorners,
      to,
    );
  };
  const groupOf = (position: number) => groups[groupAt[position]];

  return {
    count: places.length,
    positions,
    placeAt: (position) => placeAt[position],
    stepsAt: (position) => groupOf(position).m,
    quick(next, bandsOf, poll) {
      query = next;
      bandOf = bandsOf;
      around = -1;
      instance.f64.set(query.data, areas.query >> 3);
      lastCorners.fill(0);
      let largest = 0;
      const { data } = query;
      for (let v = 0; v < data.length; v++) largest = Math.max(largest, Math.abs(data[v]));
      for (const group of groups) quickOf(group, largest, poll);
      const out = areas.out >> 3;
      quickBounds.set(instance.f64.subarray(out, out + positions));
      for (const position of empty) quickBounds[position] = Number.NaN;
      return quickBounds;
    },
    closer(quick, limit, poll) {
      const found: Near[] = [];
      for (const group of groups) closerOf(group, quick, limit, poll, found);
      return found;
    },
    within(some, limit, poll) {
      const { n } = query;
      const group = groupOf(some[0]);
      const { m } = group;
      const { hasBand } = layOut(m);
      instance.reset();
      const rests = instance.take(64 * (n + 1));
      const lanes = instance.take(64 * d * m);
      const cells = instance.take(64 * (m + 1));
      const costs = d > 1 ? instance.take(64 * m) : 0;
      const record = instance.take(64);
      const results = instance.take(64);
      const { wasm, i32, f64 } = instance;
      if (limit === Infinity) {
        // Everything is live.
        list(group, some);
        f64.fill(0, rests >> 3, (rests >> 3) + LANES * (n + 1));
      } else layOutRests(group, some, rests);
      wasm.interleave(areas.list, group.data, m, d, 0, 1, m, lanes);
      const words = record >> 2;
      i32[words] = areas.query;
      i32[words + 1] = n;
      i32[words + 2] = 0;
      i32[words + 3] = hasBand ? areas.from : 0;
      i32[words + 4] = hasBand ? areas.to : 0;
      i32.fill(m, words + 8, words + 16);
      if (d > 1) wasm.keepCosts(costs, 0);
      wasm.chooseCost(0);
      wasm.setConstants(sweep.penalty, 0);
      wasm.describeBatch(lanes, 64 * d, d, cells, record + 32, m);
      wasm.startBatch(record, 1, results);
      wasm.startPruned(limit, rests);
      const step = Math.max(1, Math.floor(VALUES / (m * d)));
      do {
        poll();
        (wasm[sweep.name] as RowSweep)(step);
      } while (wasm.query.value < 1);
      return f64.slice(results >> 3, (results >> 3) + some.length);
    },
    rest(position) {
      const { n } = query;
      const group = groupOf(position);
      const { hasBand } = layOut(group.m);
      instance.reset();
      const to = instance.take(8 * (n + 1));
      list(group, [position]);
      keepEnvelopes(group, 1);
      const lower = group.envelopes + stride * (position - group.first);
      const rowBytes = hasBand ? 8 * d : 0;
      const end = lastCorners[position];
      instance.wasm.restOf(areas.query, n, d, lower, lower + halfOf(), rowBytes, cornerOf(group), end, to);
      return instance.f64.slice(to >> 3, (to >> 3) + n + 1);
    },
    envelopes: () =>
      groups.map(({ places, marks, envelopes }) => ({
        marks: instance.i32.subarray(marks >> 2, (marks >> 2) + places.length),
        numbers: instance.f64.subarray(envelopes >> 3, (envelopes + stride * places.length) >> 3),
      })),
    release() {
      instance.letGo();
      instance.settle();
    },
  };
}

/** Numbers of a series whose envelope is computed without a poll: that takes a millisecond. */
const LONG = 2 ** 18;
/** Blocks, and listed candidates, between two polls. */
const BLOCKS = 256;
const LISTED = 1024;
