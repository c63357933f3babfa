import { type Dataset, seriesAt } from '../../input/dataset.ts';
import type { Band, Poll } from '../../kernels/index.ts';
import type { Params } from '../../metric/params.ts';
import type { BandOf } from '../../metric/problem.ts';
import { type Envelope, envelope } from '../lower-bound/envelope.ts';
import { envelopeShelf, type ShelfPlace } from './envelope-shelf.ts';
import { type Block, count, recentBlock } from './recent-envelopes.ts';

/** Numbers of a block, which is read and put on the shelf as a whole: 1 MiB. */
const BLOCK_NUMBERS = 2 ** 17;
/** Reading a block takes a third or less of the time in which it is computed: it is read once this part of it was needed. */
const WORTH_READING = 1 / 8;
/** Once this part of a block was needed, it will be needed again: the rest is computed too, and it is put on the shelf. */
const WORTH_PUTTING = 1 / 2;

/** The envelopes of candidates. */
export interface CandidateEnvelopes {
  /** That of candidate l, for queries of n steps in the band that they have. */
  of(l: number, n: number, band: Band | undefined): Envelope;
  /** Once the queries are done: puts on the shelf what is worth it. */
  end(): void;
}

/**
 * The envelopes of candidates in bands of these parameters, computed when they are first needed. Those of a stored data set are found again by later requests, in
 * memory or on the shelf. Without a band they have one row, for queries of any length.
 */
export function candidateEnvelopes(
  candidates: Dataset,
  params: Params,
  bandOf: BandOf,
  poll: Poll,
): CandidateEnvelopes {
  const { global_constraint, sakoe_chiba_radius, itakura_max_slope } = params as Readonly<Record<string, unknown>>;
  const digest = candidates.kept?.digest;
  const shelf = digest === undefined ? undefined : envelopeShelf();
  const total = candidates.lengths.length;
  let blocks: Block[] = [];
  /** Rows of an envelope, 0 without a band; the numbers of one; and how many make a block. */
  let rows = -1;
  let each = 0;
  let many = 0;
  let windows = '';

  const begin = (newRows: number): void => {
    rows = newRows;
    each = 2 * Math.max(1, rows) * candidates.d;
    many = Math.max(1, Math.floor(BLOCK_NUMBERS / each));
    windows = [rows, global_constraint, sakoe_chiba_radius, itakura_max_slope].join(' ');
    blocks = [];
  };
  const sizeOf = (b: number): number => Math.min(many, total - b * many);
  const placeOf = (b: number): ShelfPlace => ({ digest: digest as string, windows, block: b, size: many * each });

  const sought = (block: Block, b: number): void => {
    block.wasSought = true;
    const all = new Float64Array(sizeOf(b) * each);
    if (!shelf?.read(placeOf(b), all)) return;
    block.all = all;
    block.isOnShelf = true;
    count(block, all.length - block.numbers);
  };
  const computed = (block: Block, l: number, band: Band | undefined): Envelope => {
    const found = envelope(seriesAt(candidates, l), band);
    block.of[l % many] = found;
    block.computed++;
    count(block, each);
    return found;
  };
  const put = (block: Block, b: number): void => {
    const size = sizeOf(b);
    if (block.isOnShelf || block.computed < WORTH_PUTTING * size) return;
    poll();
    const all = new Float64Array(size * each);
    for (let k = 0; k < size; k++) {
      const l = b * many + k;
      const { lower, upper } = block.of[k] ?? computed(block, l, bandOf(rows, candidates.lengths[l]));
      all.set(lower, k * each);
      all.set(upper, k * each + lower.length);
    }
    shelf?.put(placeOf(b), all);
    block.isOnShelf = true;
  };
  const end = (): void => {
    if (shelf) blocks.forEach(put);
  };

  return {
    of(l, n, band) {
      const newRows = band ? n : 0;
      if (newRows !== rows) {
        end();
        begin(newRows);
      }
      const b = Math.floor(l / many);
      blocks[b] ??= recentBlock(digest && `${digest} ${windows} ${b}`);
      const block = blocks[b];
      const known = block.of[l % many];
      if (known) return known;
      if (shelf && !block.wasSought && block.computed >= Math.floor(WORTH_READING * sizeOf(b))) sought(block, b);
      if (block.all === undefined) return computed(block, l, band);
      const own = block.all.subarray((l % many) * each, (l % many) * each + each);
      const read = { lower: own.subarray(0, each / 2), upper: own.subarray(each / 2) };
      block.of[l % many] = read;
      return read;
    },
    end,
  };
}
