/** A matrix, row-major: it travels between threads without being copied. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}
