// What a batch computes, described by the caller: eight pairs at once, one in each lane, row by row. Every candidate, the second series of a pair, has a
// lane; a query, the first one, meets all eight of them (OneQuery), or there is one for each lane (OwnQueries). Numbers of the eight lanes lie
// next to each other, 64 bytes for every value of a step. Steps have at least one step of room on both sides.

/** Value c of step j of the candidates is at candidates + j * stride + 64 c; numbers that belong to the step come after its values. */
export let candidates: usize = 0;
export let stride: usize = 0;
/** Values per step. */
export let values: i32 = 0;
/** R of the row computed last: of column j at cells + 64 (j + 1). */
export let cells: usize = 0;
/** R[-1, j] by j like R, if it is finite; its cost of a step begins R[i, -1], `leftBorder` bytes from the steps of a query. */
export let top: usize = 0;
export let leftBorder: usize = 0;
/** Int32: how many steps each candidate has. */
let lengths: usize = 0;
/** The longest of them. */
export let longest: i32 = 0;
/** Whether all are as long. */
let alike: bool = false;

export function describeBatch(newCandidates: usize, newStride: usize, newValues: i32, newCells: usize, newLengths: usize, newLongest: i32): void {
  candidates = newCandidates;
  stride = newStride;
  values = newValues;
  cells = newCells;
  lengths = newLengths;
  longest = newLongest;
  alike = true;
  for (let lane: usize = 0; lane < 8; lane++) if (load<i32>(newLengths + (lane << 2)) != newLongest) alike = false;
  top = 0;
}

export function setBatchBorders(newTop: usize, newLeft: usize): void {
  top = newTop;
  leftBorder = newLeft;
}

// Queries one after another: Int32 [first step, steps, table, columns from, columns to, columns of lanes] and a float64, the threshold, each. The table by j - i is at
// 64 (j - i); columns are Int32 by row, both inclusive, or 0, and so are those of lanes where they differ (lane-bands.ts).
let queries: usize = 0;
let queryCount: i32 = 0;
export let results: usize = 0;

/** Where the sweep is: at a row of a query. */
export let query: i32 = 0;
export let row: i32 = 0;
export let rows: i32 = 0;
export let table: usize = 0;
/** The threshold of this query, and those of the candidates: that of a pair is the larger one. */
export let ownThreshold: f64 = 0;
export let thresholds: usize = 0;

export function setThresholds(at: usize): void {
  thresholds = at;
}

let x: usize = 0;
let columnsFrom: usize = 0;
let columnsTo: usize = 0;
export let laneColumns: usize = 0;

/** The last cells of all lanes of query q will be at results + 64 q; for a soft minimum, mantissas at results + 128 q and exponents behind them. */
export function startBatch(newQueries: usize, count: i32, newResults: usize): void {
  queries = newQueries;
  queryCount = count;
  results = newResults;
  query = 0;
  row = 0;
  if (count > 0) enter();
}

/** Whether there are queries left. */
// @ts-ignore: decorator
@inline
export function unfinished(): bool {
  return query < queryCount;
}

function enter(): void {
  const at = queries + (<usize>query << 5);
  x = load<usize>(at);
  rows = load<i32>(at, 4);
  table = load<usize>(at, 8);
  columnsFrom = load<usize>(at, 12);
  columnsTo = load<usize>(at, 16);
  laneColumns = load<usize>(at, 20);
  ownThreshold = load<f64>(at, 24);
}

/** Continues with row `next` of this query. Returns whether there is one; otherwise `leave` comes next. */
// @ts-ignore: decorator
@inline
export function hasRow(next: i32): bool {
  row = next;
  return next < rows;
}

/** Adds to the results what the lanes have in their last columns, in a row like `cells`. */
export function keepLast(from: usize): void {
  if (alike) {
    const at = from + (<usize>longest << 6);
    v128.store(results, v128.load(at));
    v128.store(results, v128.load(at, 16), 16);
    v128.store(results, v128.load(at, 32), 32);
    v128.store(results, v128.load(at, 48), 48);
    results += 64;
    return;
  }
  for (let lane: usize = 0; lane < 8; lane++) {
    const last: usize = <usize>load<i32>(lengths + (lane << 2));
    store<f64>(results + (lane << 3), load<f64>(from + (last << 6) + (lane << 3)));
  }
  results += 64;
}

/** The same of rows of whole numbers; `none` is Infinity. */
export function keepCounts(none: i16): void {
  for (let lane: usize = 0; lane < 8; lane++) {
    const count = load<i16>(cells + (<usize>load<i32>(lengths + (lane << 2)) << 4) + (lane << 1));
    store<f64>(results + (lane << 3), count == none ? Infinity : <f64>count);
  }
  results += 64;
}

/** The same where only columns from..to of the last row are known; others are Infinity. */
export function keepLastBetween(from: i32, to: i32): void {
  for (let lane: usize = 0; lane < 8; lane++) {
    const last = load<i32>(lengths + (lane << 2)) - 1;
    const known = last >= from && last <= to;
    store<f64>(results + (lane << 3), known ? load<f64>(cells + (<usize>(last + 1) << 6) + (lane << 3)) : Infinity);
  }
  results += 64;
}

/** Adds a number for each lane. */
export function keepNumber(number: f64): void {
  fillLanes(results, 1, f64x2.splat(number));
  results += 64;
}

/** Whether all candidates are as long as the longest. */
// @ts-ignore: decorator
@inline
export function areAlike(): bool {
  return alike;
}
/** Continues with the next query. */
export function leave(): void {
  query++;
  row = 0;
  if (query < queryCount) enter();
}

/** Whether the rows of this query have columns of their own. */
// @ts-ignore: decorator
@inline
export function isBanded(): bool {
  return columnsTo != 0;
}

/** The first and the last column of row i. */
// @ts-ignore: decorator
@inline
export function firstColumn(i: i32): i32 {
  return columnsFrom ? load<i32>(columnsFrom + (<usize>i << 2)) : 0;
}
// @ts-ignore: decorator
@inline
export function finalColumn(i: i32): i32 {
  return columnsTo ? load<i32>(columnsTo + (<usize>i << 2)) : longest - 1;
}

/** Step i of the query. */
// @ts-ignore: decorator
@inline
export function stepOfRow<P>(i: i32): usize {
  return x + <usize>i * <usize>values * changetype<P>(0).width;
}

/** Stores `count` times eight numbers. */
export function fillLanes(at: usize, count: i32, number: v128): void {
  for (const end = at + (<usize>count << 6); at < end; at += 64) {
    v128.store(at, number);
    v128.store(at, number, 16);
    v128.store(at, number, 32);
    v128.store(at, number, 48);
  }
}

/** Puts square roots in place of `count` numbers, an even number of them. Returns their sum. */
export function takeRoots(at: usize, count: i32): f64 {
  let sum = f64x2.splat(0);
  for (const end = at + (<usize>count << 3); at < end; at += 16) {
    const roots = f64x2.sqrt(v128.load(at));
    v128.store(at, roots);
    sum = f64x2.add(sum, roots);
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
