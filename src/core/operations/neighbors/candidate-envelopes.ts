import type { Dataset } from '../../input/dataset.ts';
import type { NearCandidates } from '../../kernels/index.ts';
import type { Params } from '../../metric/params.ts';
import type { Piece } from '../pieces.ts';
import { envelopeShelf, type ShelfPlace } from './envelope-shelf.ts';

/** A search of so many queries needs this part of the envelopes, and another one like it will: reading all takes less than computing as many. */
const WORTH_PUTTING = 3 / 4;

/** Takes envelopes of a stored data set from the shelf of this thread, and puts them there. */
export interface ShelvedEnvelopes {
  /** Before the first query: takes those of a part of the candidates from the shelf, if a search like this one has put them there. */
  before(part: number, candidates: NearCandidates): void;
  /** After the last query: puts them there, if most of them were needed. */
  after(part: number, candidates: NearCandidates): void;
}

/** For queries of equal length, in a band of these parameters; undefined for others, for candidates that are not stored, or if there is no shelf. */
export function shelvedEnvelopes(
  queries: Dataset,
  { from, to }: Piece,
  candidates: Dataset,
  params: Params,
): ShelvedEnvelopes | undefined {
  const { global_constraint, sakoe_chiba_radius, itakura_max_slope } = params as Readonly<Record<string, unknown>>;
  const constraint = [global_constraint, sakoe_chiba_radius, itakura_max_slope];
  const digest = candidates.kept?.digest;
  const shelf = envelopeShelf();
  const n = queries.lengths[from];
  if (shelf === undefined || digest === undefined || constraint.every((one) => one === null || one === undefined))
    return;
  if (queries.lengths.subarray(from, to).some((length) => length !== n)) return;
  const windows = [n, ...constraint].join(' ');
  const placeOf = (part: number): ShelfPlace => ({ digest, windows, part, queries: to - from });
  const read = new Set<number>();
  return {
    before(part, near) {
      const groups = near.envelopes();
      const isThere = shelf.read(
        placeOf(part),
        groups.flatMap(({ marks, numbers }) => [marks, numbers]),
      );
      if (isThere) read.add(part);
      else for (const { marks } of groups) marks.fill(0);
    },
    after(part, near) {
      if (read.has(part)) return;
      const groups = near.envelopes();
      let [all, known] = [0, 0];
      for (const { marks } of groups) {
        all += marks.length;
        for (const mark of marks) if (mark === n) known++;
      }
      if (known < WORTH_PUTTING * all) return;
      shelf.put(
        placeOf(part),
        groups.flatMap(({ marks, numbers }) => [marks, numbers]),
      );
    },
  };
}
