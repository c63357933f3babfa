/**
 * Where the envelopes of stored data sets outlast a search, such as a file. They are put there as they are in memory, a part of the candidates at a time.
 */
export interface EnvelopeShelf {
  /**
   * Fills memory with what was put from it.
   *
   * @returns whether it was there, for searches of so many queries or fewer, and undamaged; otherwise the memory may have been written to
   */
  read(place: ShelfPlace, into: readonly (Int32Array | Float64Array)[]): boolean;
  /** Keeps a part, if there is room. Never throws. */
  put(place: ShelfPlace, part: readonly (Int32Array | Float64Array)[]): void;
}

/** Which part of which envelopes. */
export interface ShelfPlace {
  /** Of the data set. */
  readonly digest: string;
  /** Their windows: different ones have different texts. */
  readonly windows: string;
  /** The number of the part. */
  readonly part: number;
  /** The queries of the search that needs them, or needed most of them. */
  readonly queries: number;
}

let shelf: EnvelopeShelf | undefined;

/** Sets where this thread finds envelopes and puts them. Without it, each search computes those that it needs. */
export function useEnvelopeShelf(own: EnvelopeShelf | undefined): void {
  shelf = own;
}

export const envelopeShelf = (): EnvelopeShelf | undefined => shelf;
