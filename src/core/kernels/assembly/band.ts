/** The largest number of rows on one diagonal of the band laid out last. */
export let widestDiagonal: i32 = 0;

/**
 * Turns a band by rows, columns lo[i]..hi[i] (Int32), into one by diagonals: rows first[k]..last[k] for k < n + m, the last one empty.
 * Returns the number of its cells, 0 if it contains no path.
 */
export function layOutBand(lo: usize, hi: usize, n: i32, m: i32, first: usize, last: usize): f64 {
  if (load<i32>(lo) != 0 || load<i32>(hi + (<usize>(n - 1) << 2)) != m - 1) return 0;
  let cells: f64 = 0;
  let toFirst = first;
  let toLast = last;
  let reach = 0;
  for (let i = 0; i < n; i++, lo += 4, hi += 4) {
    const from = load<i32>(lo);
    const to = load<i32>(hi);
    // No path leads into this row, or through it.
    if (from > reach || from > to) return 0;
    reach = to + 1;
    cells += to - from + 1;
    // Row i is on diagonals i + from to i + to, and both ends grow with i: it is the first row of those past the previous row's, and the last of
    // those that the next row does not reach.
    for (const end = first + (<usize>(i + to) << 2); toFirst <= end; toFirst += 4) store<i32>(toFirst, i);
    const next = i + 1 < n ? i + 1 + load<i32>(lo, 4) : n + m - 1;
    for (const end = last + (<usize>next << 2); toLast < end; toLast += 4) store<i32>(toLast, i);
  }
  store<i32>(toFirst, n);
  store<i32>(toLast, n - 1);
  let widest = 0;
  for (let o: usize = 0, end: usize = <usize>(n + m) << 2; o < end; o += 4) {
    widest = max(widest, load<i32>(last + o) - load<i32>(first + o) + 1);
  }
  widestDiagonal = widest;
  return cells;
}
