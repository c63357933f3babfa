/** A matrix, row-major: it travels between threads without being copied. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** A matrix of more values is not fetched to be drawn: it would be 80 MB of text. */
export const MOST_VALUES = 4e6;
