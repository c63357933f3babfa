import type { Poll } from '../types.ts';
import type { Instance } from './instance.ts';
import { LANES } from './lanes.ts';

/** Many series of d values per step in one flat array. */
export interface SeriesTable {
  readonly data: Float64Array;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly d: number;
}

/** Candidates of the same length, in the memory of an instance. */
export interface CandidateGroup {
  /** How many steps each has. */
  readonly m: number;
  /** Their places in the data set, and the position of the first of them: those of a group follow each other. */
  readonly places: Int32Array;
  readonly first: number;
  /** The address of the first one; the others follow. */
  readonly data: number;
  /** Their envelopes, and for which queries those that are known were computed. */
  readonly envelopes: number;
  readonly marks: number;
  /** Summaries of eight at a time: assembly/bounds.ts. */
  readonly summaries: number;
  readonly blocks: number;
  readonly corner: number;
  readonly segments: number;
  readonly width: number;
  /** The largest magnitude among the steps that were summed. */
  readonly largest: number;
}

/** Steps of the corners in a summary. */
const CORNER = 4;
/** The most steps of a sum, and how many sums there are at least, if there are so many steps. */
const WIDEST = 8;
const SUMS = 32;

/** How candidates of m steps are summarized. */
function shapeOf(m: number) {
  const corner = Math.min(CORNER, m >> 1);
  const between = m - 2 * corner;
  const width = Math.max(1, Math.min(WIDEST, Math.floor(between / SUMS)));
  return { corner, width, segments: Math.floor(between / width) };
}

/**
 * How many numbers a candidate of m steps takes: itself, its envelope of so many rows, its part of a summary and some bounds.
 */
export function candidateNumbers(m: number, d: number, rows: number): number {
  const { corner, segments } = shapeOf(m);
  return m * d + 2 * rows * d + (2 * corner + segments) * d + 8;
}

/** Lays out candidates by their places, those of the same length next to each other, with room for envelopes of so many rows, or of one. */
export function layOutGroups(
  instance: Instance,
  { data, starts, lengths, d }: SeriesTable,
  places: Int32Array,
  rows: number,
  poll: Poll,
): CandidateGroup[] {
  const groups: CandidateGroup[] = [];
  for (let from = 0, to = 0, first = 0; from < places.length; from = to) {
    const m = lengths[places[from]];
    while (to < places.length && lengths[places[to]] === m) to++;
    const count = to - from;
    const blocks = Math.ceil(count / LANES);
    const bytes = 8 * m * d;
    const { corner, width, segments } = shapeOf(m);
    const at = instance.take(bytes * count);
    for (let l = from, next = at >> 3; l < to; ) {
      // Those that follow each other are copied at once.
      const start = starts[places[l]];
      let end = start;
      for (; l < to && starts[places[l]] === end; l++) end += m * d;
      instance.f64.set(data.subarray(start, end), next);
      next += end - start;
    }
    const marks = instance.take(4 * count);
    instance.i32.fill(0, marks >> 2, (marks >> 2) + count);
    const envelopes = instance.take(16 * Math.max(1, rows) * d * count);
    const summary = 64 * (2 * corner + segments) * d;
    const summaries = instance.take(summary * blocks);
    let largest = 0;
    for (let b = 0; b < blocks; b++) {
      if (b % POLL_EVERY === 0) poll();
      const some = Math.min(LANES, count - LANES * b);
      const begin = at + LANES * b * bytes;
      largest = Math.max(
        largest,
        instance.wasm.summarize(begin, some, m, d, corner, segments, width, summaries + summary * b),
      );
    }
    groups.push({
      m,
      places: places.subarray(from, to),
      first,
      data: at,
      envelopes,
      marks,
      summaries,
      blocks,
      corner,
      segments,
      width,
      largest,
    });
    first += LANES * blocks;
  }
  return groups;
}

/** Blocks between two polls. */
const POLL_EVERY = 64;
