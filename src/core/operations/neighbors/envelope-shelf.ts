/**
 * Where the envelopes of stored data sets outlast the memory of a thread, such as a file. They are put there in blocks: those of consecutive series, the lower
 * and the upper bounds of each in turn.
 */
export interface EnvelopeShelf {
  /** Fills a block with what was put there. @returns whether it was there, undamaged */
  read(place: ShelfPlace, into: Float64Array): boolean;
  /** Keeps a block, if there is room. Never throws. */
  put(place: ShelfPlace, block: Float64Array): void;
}

/** Which block of which envelopes. */
export interface ShelfPlace {
  /** Of the data set. */
  readonly digest: string;
  /** Their windows: different ones have different texts. */
  readonly windows: string;
  /** The number of the block. */
  readonly block: number;
  /** Numbers in each block; the last one may have fewer. */
  readonly size: number;
}

let shelf: EnvelopeShelf | undefined;

/** Sets where this thread finds envelopes and puts them. Without it, they are computed by each thread. */
export function useEnvelopeShelf(own: EnvelopeShelf | undefined): void {
  shelf = own;
}

export const envelopeShelf = (): EnvelopeShelf | undefined => shelf;
