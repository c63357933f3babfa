import { type Dataset, seriesAt } from '../../input/dataset.ts';
import type { Series } from '../../input/series.ts';
import {
  type Batch,
  type BatchSteps,
  batchFor,
  LANES,
  type Poll,
  rootsOf,
  valuesFor,
  worthwhileLanes,
} from '../../kernels/index.ts';
import { constraintName } from '../../metric/band.ts';
import type { Params } from '../../metric/params.ts';
import type { BandOf, Finish, ManyDirect } from '../../metric/problem.ts';
import type { ByRecurrence, MetricRecord } from '../../metric/record.ts';
import type { Cross, CrossRow } from '../engine.ts';
import { byLength } from './by-length.ts';
import { finishing } from './solve.ts';
import { layersOf, type Source, sourcesOf } from './sources.ts';

/** Numbers of the queries that are laid out at a time. */
const NUMBERS = 250_000;

/** Values of a series above which eight of them take too much memory. */
const MOST_VALUES = 100_000;

/** Many pairs at once, one in each lane of a batch; undefined if there is no batch for the metric. */
export function numpyCross(record: MetricRecord, params: Params, bandOf: BandOf, poll: Poll): Cross | undefined {
  const direct = record.direct?.(params, bandOf).many;
  if (record.direct ? direct === undefined : record.equalLengths) return undefined;
  const { finish, normalized } = { normalized: record.normalized, finish: direct ? direct.finish : record.finish };
  const cross: Cross = (first, second, rows, { put, putBlock }) => {
    if (Math.max(largest(first), largest(second)) > MOST_VALUES) return pairsOf(rows);
    const plan = record.recurrence
      ? recurrencePlan(record, params, first, bandOf, poll)
      : directPlan(direct as ManyDirect, record.equalLengths ?? false, first, second);
    if (plan === undefined) return pairsOf(rows);
    const { batch, layers, layersOf, self, cells, likeLengths } = plan;
    const queries = sourcesOf(first, layersOf);
    const candidates = first === second ? queries : sourcesOf(second, layersOf);
    const apart = likeLengths ? () => 0 : spreadIn(bandOf);
    const columns = inBlocks(second, rows, apart);
    const left: number[] = [];
    const finishOf = (query: Source, candidate: Source): Finish | undefined =>
      typeof finish === 'function' ? finish(params, query.series, candidate.series) : finish;
    for (const part of inParts(first, rows)) {
      const sources = part.map(({ k }) => queries(k));
      const areAlike = alikeInLength(sources);
      if (self) for (const source of [...sources, ...columns.flat().map(candidates)]) self(source);
      batch.open(sources.flatMap((source) => source.layers));
      for (const block of columns) {
        const which = rowsOf(block, part, first, second, cells, left);
        if (which.length === 0) continue;
        const others = block.map(candidates);
        const sums = summed(layers, (layer) => {
          const each = others.map((source) => source.layers[layer]);
          const places = layers === 1 ? which : which.map((row) => row * layers + layer);
          return batch.block(places, each, bandOf, poll);
        });
        // Their places ascend.
        const areFirst = which[which.length - 1] === which.length - 1;
        const asked = areFirst ? part.slice(0, which.length) : which.map((row) => part[row]);
        if (normalized) {
          for (let r = 0; r < which.length; r++) {
            const self = sources[which[r]].self ?? 0;
            for (let l = 0; l < block.length; l++) sums[LANES * r + l] -= (self + (others[l].self ?? 0)) / 2;
          }
        }
        let finite = true;
        if (block.length === LANES && (typeof finish !== 'function' || (areAlike && alikeInLength(others)))) {
          finite = finishAll(finishOf(sources[0], others[0]), sums);
        } else {
          for (let r = 0; r < which.length; r++) {
            const query = sources[which[r]];
            for (let l = 0, at = LANES * r; l < block.length; l++, at++) {
              sums[at] = valueOfLast(finishOf(query, others[l]), sums[at]);
              finite &&= Number.isFinite(sums[at]);
            }
          }
        }
        putBlock({ rows: asked, columns: block, values: sums, finite });
      }
    }
    const alone: number[] = [];
    for (const group of alike(left, queries, candidates, apart)) {
      const [ours, theirs] = [group.map(([k]) => queries(k)), group.map(([, l]) => candidates(l))];
      if (group.length < worthwhileLanes(cells(ours[0].series.n, theirs[0].series.n)).own) {
        alone.push(...group.flat());
        continue;
      }
      const sums = summed(layers, (layer) => {
        const [x, y] = [ours, theirs].map((sources) => sources.map((source) => source.layers[layer]));
        return batch.pairs(x, y, bandOf, poll);
      });
      for (const [lane, [k, l]] of group.entries()) {
        let raw = sums[lane];
        if (normalized) raw -= ((ours[lane].self ?? 0) + (theirs[lane].self ?? 0)) / 2;
        put(k, l, finishing(finishOf(ours[lane], theirs[lane]), raw).value);
      }
    }
    return alone;
  };
  // The edges of a parallelogram are rounded in one direction.
  return record.laws.includes('symmetric') && constraintName(params) !== 'itakura' ? byLength(cross) : cross;
}

/** How the pairs of a metric go through a batch. */
interface Plan {
  readonly batch: Batch;
  /** How many layers a series has, whose values are summed. */
  readonly layers: number;
  readonly layersOf: (series: Series) => readonly BatchSteps[];
  /** What a pair costs. */
  readonly cells: (n: number, m: number) => number;
  /** Whether the candidates of a block must have one length. */
  readonly likeLengths: boolean;
  /** Computes R(x, x), if it is subtracted. */
  readonly self?: (source: Source) => void;
}

function recurrencePlan(
  record: MetricRecord & ByRecurrence<Record<string, unknown>>,
  params: Params,
  first: Dataset,
  bandOf: BandOf,
  poll: Poll,
): Plan | undefined {
  const apart = (record.perChannel?.(params) ?? false) && first.d > 1;
  const some = seriesAt(first, 0);
  const width = apart ? 1 : first.d;
  const recurrence = record.recurrence(params, some, some);
  const batch = batchFor(recurrence, width);
  if (batch === undefined) return undefined;
  const kernel = valuesFor(recurrence, width);
  const self = (source: Source) => {
    source.self ??= source.layers.reduce(
      (sum, { data, n, d }) => sum + kernel.value({ s1: data, s2: data, n, m: n, d }, bandOf(n, n), poll),
      0,
    );
  };
  return {
    batch,
    layers: apart ? first.d : 1,
    layersOf: (series) => layersOf(series, record, params, apart),
    cells: (n, m) => n * m,
    likeLengths: false,
    ...(record.normalized && { self }),
  };
}

function directPlan(many: ManyDirect, equalLengths: boolean, first: Dataset, second: Dataset): Plan | undefined {
  const some = seriesAt(first, 0);
  if (first.d !== second.d) return undefined;
  // Unequal ones are an error of their pair.
  if (equalLengths && ![first, second].every(({ lengths }) => lengths.every((n) => n === some.n))) return undefined;
  const { layersOf, cells, likeLengths } = many;
  const batch = many.batch(some);
  if (batch === undefined) return undefined;
  return { batch, layers: layersOf(some).length, layersOf, cells, likeLengths };
}

/** The most values that one of its series has. */
const largest = ({ lengths, d }: Dataset): number => d * lengths.reduce((most, n) => Math.max(most, n), 0);

/** What finishes a pair depends on nothing of it but the lengths. */
const alikeInLength = (sources: readonly Source[]): boolean =>
  sources.every(({ series }) => series.n === sources[0].series.n);

/** Last cells as values. Returns whether all are finite, and so is their sum: otherwise, each is looked at. */
function finishAll(finish: Finish | undefined, cells: Float64Array): boolean {
  // A number that is not finite makes the sum so, too, whatever follows.
  if (finish === 'sqrt') return Number.isFinite(rootsOf(cells));
  let sum = 0;
  for (let at = 0; at < cells.length; at++) {
    cells[at] = valueOfLast(finish, cells[at]);
    sum += cells[at];
  }
  return Number.isFinite(sum);
}

/** The value of a last cell, without an object for each. */
function valueOfLast(finish: Finish | undefined, cell: number): number {
  if (finish === undefined) return cell;
  if (finish === 'sqrt') return Math.sqrt(cell);
  return typeof finish === 'object' ? cell / finish.divideBy : finishing(finish, cell).value;
}

/** The last cells of all layers together. */
function summed(layers: number, solve: (layer: number) => Float64Array): Float64Array {
  if (layers === 1) return solve(0);
  const sums = solve(0).slice();
  for (let layer = 1; layer < layers; layer++) {
    const found = solve(layer);
    for (let at = 0; at < sums.length; at++) sums[at] += found[at];
  }
  return sums;
}

/** By how many steps candidates that share a block may differ in length, by the shortest of them. */
type Spread = (m: number) => number;

/** In a band each lane has columns of its own, and the block computes those of all: up to half as many more (docs/performance.md). */
const spreadIn =
  (bandOf: BandOf): Spread =>
  (m) => {
    const band = bandOf(m, m);
    if (band === undefined) return Number.POSITIVE_INFINITY;
    const middle = m >> 1;
    return (band.hi[middle] - band.lo[middle] + 1) >> 1;
  };

/** Pairs k, l, k, l, ..., at most eight at a time, whose first series have the same length and the second ones similar lengths. */
function* alike(
  pairs: readonly number[],
  queries: (k: number) => Source,
  candidates: (l: number) => Source,
  apart: Spread,
) {
  const groups = new Map<string, [number, number][]>();
  for (let at = 0; at < pairs.length; at += 2) {
    const [k, l] = [pairs[at], pairs[at + 1]];
    const [n, m] = [queries(k).series.n, candidates(l).series.n];
    // To what is a power of the root of 2, or nearer if they may not differ so much.
    const size = Math.round(2 * Math.log2(m));
    const most = apart(Math.floor(2 ** (size / 2)));
    const name = `${n} ${most === Number.POSITIVE_INFINITY ? '' : Math.floor(m / (most + 1))} ${size}`;
    const group = groups.get(name) ?? [];
    group.push([k, l]);
    groups.set(name, group);
  }
  for (const group of groups.values()) {
    for (let at = 0; at < group.length; at += LANES) yield group.slice(at, at + LANES);
  }
}

/** The columns that any row has, in blocks of similar lengths. */
function inBlocks({ lengths }: Dataset, rows: readonly CrossRow[], apart: Spread): number[][] {
  let [least, most] = [Infinity, 0];
  for (const { from, to } of rows) {
    least = Math.min(least, from);
    most = Math.max(most, to);
  }
  const columns = Array.from({ length: Math.max(0, most - least) }, (_, at) => least + at);
  if (columns.some((l) => lengths[l] !== lengths[least])) columns.sort((a, b) => lengths[a] - lengths[b] || a - b);
  const blocks: number[][] = [];
  let block: number[] = [];
  let longer = 0;
  for (const l of columns) {
    if (block.length === LANES || (block.length > 0 && lengths[l] - lengths[block[0]] > longer)) {
      blocks.push(block);
      block = [];
    }
    if (block.length === 0) longer = apart(lengths[l]);
    block.push(l);
  }
  if (block.length > 0) blocks.push(block);
  return blocks;
}

/** Rows in parts of about `NUMBERS` numbers. */
function* inParts({ lengths, d }: Dataset, rows: readonly CrossRow[]): Generator<CrossRow[]> {
  let part: CrossRow[] = [];
  let numbers = 0;
  for (const row of rows) {
    part.push(row);
    numbers += lengths[row.k] * d;
    if (numbers < NUMBERS) continue;
    yield part;
    part = [];
    numbers = 0;
  }
  if (part.length > 0) yield part;
}

/** The rows of a part that have enough of a block's columns to compute all of them. The pairs of the others are added to `left`. */
function rowsOf(
  block: readonly number[],
  part: readonly CrossRow[],
  { lengths: n }: Dataset,
  { lengths: m }: Dataset,
  cells: Plan['cells'],
  left: number[],
): number[] {
  const which: number[] = [];
  const least = Math.min(...block);
  const most = Math.max(...block);
  let steps = 0;
  let enough = 0;
  for (let r = 0; r < part.length; r++) {
    const { k, from, to } = part[r];
    if (from > most || to <= least) continue;
    if (n[k] !== steps) {
      steps = n[k];
      enough = worthwhileLanes(cells(steps, m[block[0]])).shared;
    }
    let count = block.length;
    if (from > least || to <= most) {
      count = 0;
      for (const l of block) if (l >= from && l < to) count++;
    }
    if (count >= enough) which.push(r);
    else for (const l of block) if (l >= from && l < to) left.push(k, l);
  }
  return which;
}

function pairsOf(rows: readonly CrossRow[]): number[] {
  const pairs: number[] = [];
  for (const { k, from, to } of rows) for (let l = from; l < to; l++) pairs.push(k, l);
  return pairs;
}
