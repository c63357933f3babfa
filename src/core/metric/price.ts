/** A factor of a price, and what it is for. */
export interface Factor {
  readonly times: number;
  readonly of: string;
}

/**
 * The cost of solving pairs of series, in cells, by their numbers of steps. A cell takes about a nanosecond of one thread, or less: it is a step
 * of the fastest sweep, and anything slower counts as more of them. `bench/prices.ts` compares the figures with measurements.
 */
export interface Cost {
  /** How many cells of its tables a solver visits. */
  readonly visited: (n: number, m: number) => number;
  /** What each of them counts as. */
  readonly factors: readonly Factor[];
  /** The extra cost of a step of either series. */
  readonly step: number;
  /** The extra cost of a pair. */
  readonly pair: number;
  /** The extra cost of each further pair of the same lengths, where the operation `pairs` solves them together. Absent: that of a pair. */
  readonly furtherPair?: number;
  /** Bytes of the tables that are kept until the pair is solved. Absent: none that grow with n x m. */
  readonly bytes?: (n: number, m: number) => number;
}

/** A fixed cost of a pair that is solved in one sweep: what it takes to prepare it and lay it out. */
export const PAIR = 700;

/** The cost of a request, and what it is made of. */
export interface Price {
  /** All of it, except for writing the response. */
  readonly cells: number;
  /** Their product is the cost of visiting the tables: most of the cells, unless series are very short. */
  readonly factors: readonly Factor[];
  /** How many numbers the response has: writing them has a cost too. */
  readonly numbers: number;
  /** How many of them are 0 for certain: those cost next to nothing. */
  readonly zeros?: number;
  /** The memory that one worker needs for its tables. */
  readonly bytes: number;
}

/** The cost of writing a number of a response, in cells, and the memory it needs along the way: in an array, in a list and as text. */
export const NUMBER = { cells: 150, bytes: 24 };

/** The cost of writing a 0, in cells. */
export const ZERO_CELLS = 10;

/** The factor of `d` values per step, for cells that take `first` for themselves and `each` for each value. */
export const channelFactor = (d: number, first: number, each: number): Factor => ({
  times: (first + each * d) / (first + each),
  of: `for ${d} values per step`,
});
