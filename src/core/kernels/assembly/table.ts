// The table that a sweep fills, described by the caller before every sweep. Cell (i, j) lies on diagonal k = i + j and a diagonal is
// indexed by its row i. Every pointer is one to index 0 of an array of float64 with at least 64 bytes of room on both sides.

/** Channel c of step i of the first series is at x + c * xStride + 8 i. */
export let x: usize = 0;
export let xStride: usize = 0;
/** The second series is stored reversed, so that a diagonal reads both forward: channel c of step j is at y + c * yStride + 8 (m - 1 - j). */
export let y: usize = 0;
export let yStride: usize = 0;
/** Steps of the second series; steps that one of the two has; values per step. */
export let m: i32 = 0;
export let d: i32 = 0;
/** Int32 [first, last] rows of every diagonal of the band, and one extra empty diagonal; 0: every cell is allowed. */
export let bandFirst: usize = 0;
export let bandLast: usize = 0;
/** The last row and column that are wanted: later ones are excluded from every diagonal. */
export let lastRow: i32 = 0;
export let lastColumn: i32 = 0;

export function describe(
  newX: usize, newXStride: usize, newY: usize, newYStride: usize, newM: i32, newD: i32, newBandFirst: usize, newBandLast: usize,
): void {
  x = newX;
  xStride = newXStride;
  y = newY;
  yStride = newYStride;
  m = newM;
  d = newD;
  bandFirst = newBandFirst;
  bandLast = newBandLast;
}

/** Whether the cells past the ends of a diagonal are cells of the table, whose cost is finite, and must be fenced off. */
export let fenced: bool = false;

export function endAt(row: i32, column: i32, newFenced: bool): void {
  lastRow = row;
  lastColumn = column;
  fenced = newFenced;
}

// Both ends of a diagonal stay or grow by one from one diagonal to the next, for the whole table and for every band whose rows never
// step back. So the three moves into rows first..last come from rows first - 1..last + 1 of the previous diagonals; an empty diagonal has
// last = first - 1.

/** The first row of diagonal k. */
// @ts-ignore: decorator
@inline
export function firstRow(k: i32): i32 {
  const first = max(k - lastColumn, 0);
  return bandFirst ? max(first, load<i32>(bandFirst + (<usize>k << 2))) : first;
}

/** The last row of diagonal k. */
// @ts-ignore: decorator
@inline
export function finalRow(k: i32): i32 {
  const last = min(k, lastRow);
  return bandLast ? min(last, load<i32>(bandLast + (<usize>k << 2))) : last;
}

/** Where row 0 of diagonal k would meet the reversed second series. */
// @ts-ignore: decorator
@inline
export function yAt(k: i32): usize {
  return y + ((m - 1 - k) << 3);
}
