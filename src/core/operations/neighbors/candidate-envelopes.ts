import { type Dataset, seriesAt } from '../../input/dataset.ts';
import type { NearCandidates, Poll } from '../../kernels/index.ts';
import type { Params } from '../../metric/params.ts';
import type { BandOf } from '../../metric/problem.ts';
import { envelope } from '../lower-bound/envelope.ts';
import { envelopeShelf, type ShelfPlace } from './envelope-shelf.ts';

/** Numbers of a block, which is read and put on the shelf as a whole: 1 MiB. */
const BLOCK_NUMBERS = 2 ** 17;
/** A block is read once this part of it was needed. */
const WORTH_READING = 1 / 8;
/** Once this part of a block was needed, it will be needed again: it is computed in full, and put on the shelf. */
const WORTH_PUTTING = 1 / 2;

/** Consecutive series of a data set. */
interface Block {
  /** Those whose envelopes were needed. */
  readonly known: Set<number>;
  isOnShelf: boolean;
  /** The part of the candidates for which it was last looked for on the shelf. */
  soughtFor: NearCandidates | undefined;
}

/** Takes envelopes of a stored data set from the shelf of this thread, and puts them there. */
export interface ShelvedEnvelopes {
  /** After queries, the last one of n steps: those that they needed are known to these candidates; so are then those that the shelf has of the same blocks. */
  after(n: number, candidates: NearCandidates): void;
  /** Once the queries are done: puts on the shelf what is worth it. */
  end(): void;
}

/** For candidates in bands of these parameters; undefined if they are not stored, or there is no shelf. Without a band, an envelope has one row, for queries of any length. */
export function shelvedEnvelopes(
  candidates: Dataset,
  params: Params,
  bandOf: BandOf,
  poll: Poll,
): ShelvedEnvelopes | undefined {
  const { global_constraint, sakoe_chiba_radius, itakura_max_slope } = params as Readonly<Record<string, unknown>>;
  const digest = candidates.kept?.digest;
  const shelf = digest === undefined ? undefined : envelopeShelf();
  if (digest === undefined || shelf === undefined) return undefined;
  const total = candidates.lengths.length;
  /** Blocks by the steps of the queries, 0 without a band. */
  const shelved = new Map<number, Block[]>();

  const shapeOf = (rows: number) => {
    const each = 2 * Math.max(1, rows) * candidates.d;
    const many = Math.max(1, Math.floor(BLOCK_NUMBERS / each));
    const windows = [rows, global_constraint, sakoe_chiba_radius, itakura_max_slope].join(' ');
    const placeOf = (block: number): ShelfPlace => ({ digest, windows, block, size: many * each });
    return { each, many, placeOf, sizeOf: (b: number) => Math.min(many, total - b * many) };
  };

  const put = (rows: number, block: Block, b: number): void => {
    const { each, many, placeOf, sizeOf } = shapeOf(rows);
    const size = sizeOf(b);
    if (block.isOnShelf || block.known.size < WORTH_PUTTING * size) return;
    const all = new Float64Array(size * each);
    for (let k = 0; k < size; k++) {
      if (k % POLL_EVERY === 0) poll();
      const series = seriesAt(candidates, b * many + k);
      const { lower, upper } = envelope(series, rows === 0 ? undefined : bandOf(rows, series.n), poll);
      all.set(lower, k * each);
      all.set(upper, k * each + lower.length);
    }
    shelf.put(placeOf(b), all);
    block.isOnShelf = true;
  };

  return {
    after(n, near) {
      const rows = bandOf(n, near.stepsAt(0)) ? n : 0;
      const { each, many, placeOf, sizeOf } = shapeOf(rows);
      const blocks = shelved.get(rows) ?? [];
      shelved.set(rows, blocks);
      const worth = new Set<number>();
      for (let position = 0; position < near.positions; position++) {
        const l = near.placeAt(position);
        if (l < 0 || !near.hasEnvelope(position)) continue;
        const b = Math.floor(l / many);
        blocks[b] ??= { known: new Set(), isOnShelf: false, soughtFor: undefined };
        blocks[b].known.add(l);
        if (blocks[b].known.size >= Math.floor(WORTH_READING * sizeOf(b)) && blocks[b].soughtFor !== near) worth.add(b);
      }
      if (worth.size === 0) return;
      const read = new Map<number, Float64Array>();
      for (const b of worth) {
        blocks[b].soughtFor = near;
        const all = new Float64Array(sizeOf(b) * each);
        if (!shelf.read(placeOf(b), all)) continue;
        blocks[b].isOnShelf = true;
        read.set(b, all);
      }
      for (let position = 0; position < near.positions; position++) {
        const l = near.placeAt(position);
        const all = l < 0 ? undefined : read.get(Math.floor(l / many));
        if (all === undefined || near.hasEnvelope(position)) continue;
        near.putEnvelope(position, all.subarray((l % many) * each, ((l % many) + 1) * each));
      }
    },
    end() {
      for (const [rows, blocks] of shelved) blocks.forEach((block, b) => void put(rows, block, b));
    },
  };
}

/** Series between two polls. */
const POLL_EVERY = 64;
