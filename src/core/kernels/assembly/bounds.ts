import { least, zero } from './lanes';

// Lower bounds on dtw, and on whatever costs more. Candidates lie one after another, as they came; those of a group have the same number of steps. What
// meets a query first is a summary of eight of them at a time, one in each lane: their first steps, their last steps in reverse order, and sums of the steps
// between. Lengths of a corner, `size`, are in steps.

/** Where eight numbers of a row of a corner lie, and scratch space of envelopes. */
let scratch: usize = 0;

/** Room for a row of a corner, 64 bytes for each of its steps and one more, and for two copies of a series with 16 bytes after each. */
export function setScratch(at: usize): void {
  scratch = at;
}

/**
 * Summarizes up to eight candidates of m steps of d values, which begin at `from`: `size` first and `size` last steps, then `segments` sums of `width` steps each.
 * Returns the largest magnitude of what was summed.
 */
export function summarize(from: usize, count: i32, m: i32, d: i32, size: i32, segments: i32, width: i32, to: usize): f64 {
  const step = <usize>d << 3;
  let largest: f64 = 0;
  memory.fill(to, 0, <usize>((2 * size + segments) * d) << 6);
  for (let lane = 0; lane < count; lane++) {
    const begin = from + <usize>lane * <usize>m * step;
    let at = to + (<usize>lane << 3);
    const corner = <usize>size * step;
    for (let p = begin, end = begin + corner; p < end; p += 8, at += 64) store<f64>(at, load<f64>(p));
    for (let i = 1; i <= size; i++) {
      const last = begin + <usize>(m - i) * step;
      for (let p = last, end = last + step; p < end; p += 8, at += 64) store<f64>(at, load<f64>(p));
    }
    let p = begin + corner;
    for (let segment = 0; segment < segments; segment++, p += <usize>width * step) {
      for (let channel: usize = 0; channel < step; channel += 8, at += 64) {
        let sum: f64 = 0;
        for (let q = p + channel, end = q + <usize>width * step; q < end; q += step) {
          const x = load<f64>(q);
          sum += x;
          const magnitude = abs(x);
          if (magnitude > largest) largest = magnitude;
        }
        store<f64>(at, sum);
      }
    }
  }
  return largest;
}

/** Sums of the rows from `size` on of an envelope, as `summarize` sums steps, and `more` for what rounding may make of them. */
export function sumRows(from: usize, d: i32, size: i32, segments: i32, width: i32, more: f64, to: usize): void {
  const step = <usize>d << 3;
  let p = from + <usize>size * step;
  for (let segment = 0; segment < segments; segment++, p += <usize>width * step) {
    for (let channel: usize = 0; channel < step; channel += 8, to += 8) {
      let sum: f64 = 0;
      for (let q = p + channel, end = q + <usize>width * step; q < end; q += step) sum += load<f64>(q);
      store<f64>(to, sum + more);
    }
  }
}

/**
 * Bounds from the summaries of `blocks` times eight candidates. Every path begins in the corner of the first `size` steps and ends in that of the last ones, of the `room` steps
 * that there are: the cheapest ways out of the one and into the other go to `ends`. To `out` goes the same plus, for `used` of the sums between the corners, how far each is
 * outside the sums of the envelope at `lower` and `upper`, squared, times `scale`: by convexity, no more than what its steps cost.
 */
export function boundLanes(
  summaries: usize, blocks: i32, room: i32, size: i32, used: i32, segments: i32, d: i32, first: usize, last: usize, lower: usize, upper: usize, scale: f64, out: usize, ends: usize,
): void {
  const step = <isize>d << 3;
  const corner = <usize>(room * d) << 6;
  const sums = <usize>(segments * d) << 6;
  const each = f64x2.splat(scale);
  for (let at = summaries; blocks > 0; blocks--, at += 2 * corner + sums, out += 64, ends += 64) {
    clear(ends);
    addCorner(first, step, at, size, d, ends);
    addCorner(last, -step, at + corner, size, d, ends);
    let s0 = zero();
    let s1 = zero();
    let s2 = zero();
    let s3 = zero();
    let low = lower;
    let high = upper;
    for (let p = at + 2 * corner, end = p + (<usize>(used * d) << 6); p < end; p += 64, low += 8, high += 8) {
      const from = v128.load64_splat(low);
      const to = v128.load64_splat(high);
      s0 = plusSquare(s0, excess(v128.load(p), from, to));
      s1 = plusSquare(s1, excess(v128.load(p, 16), from, to));
      s2 = plusSquare(s2, excess(v128.load(p, 32), from, to));
      s3 = plusSquare(s3, excess(v128.load(p, 48), from, to));
    }
    v128.store(out, f64x2.relaxed_madd(s0, each, v128.load(ends)));
    v128.store(out, f64x2.relaxed_madd(s1, each, v128.load(ends, 16)), 16);
    v128.store(out, f64x2.relaxed_madd(s2, each, v128.load(ends, 32)), 32);
    v128.store(out, f64x2.relaxed_madd(s3, each, v128.load(ends, 48)), 48);
  }
}

// @ts-ignore: decorator
@inline
function clear(eight: usize): void {
  v128.store(eight, zero());
  v128.store(eight, zero(), 16);
  v128.store(eight, zero(), 32);
  v128.store(eight, zero(), 48);
}

/**
 * Adds to eight numbers what the cheapest path costs from the first cell to one in row or column `size` - 1, whichever it comes to first: whatever a path does
 * later, it passes there. Steps of the query are `step` bytes apart.
 */
function addCorner(x: usize, step: isize, y: usize, size: i32, d: i32, to: usize): void {
  if (size == 0) return;
  const infinity = f64x2.splat(Infinity);
  const row = scratch;
  const end = row + (<usize>size << 6);
  clear(row);
  for (let r = row + 64; r <= end; r += 64) {
    v128.store(r, infinity);
    v128.store(r, infinity, 16);
    v128.store(r, infinity, 32);
    v128.store(r, infinity, 48);
  }
  let b0 = infinity;
  let b1 = infinity;
  let b2 = infinity;
  let b3 = infinity;
  const width = <usize>d << 3;
  for (let i = 0; i < size; i++, x += step) {
    let d0 = v128.load(row);
    let d1 = v128.load(row, 16);
    let d2 = v128.load(row, 32);
    let d3 = v128.load(row, 48);
    let l0 = infinity;
    let l1 = infinity;
    let l2 = infinity;
    let l3 = infinity;
    v128.store(row, infinity);
    v128.store(row, infinity, 16);
    v128.store(row, infinity, 32);
    v128.store(row, infinity, 48);
    for (let r = row, p = y; r < end; r += 64) {
      const u0 = v128.load(r, 64);
      const u1 = v128.load(r, 80);
      const u2 = v128.load(r, 96);
      const u3 = v128.load(r, 112);
      l0 = least(least(d0, u0), l0);
      l1 = least(least(d1, u1), l1);
      l2 = least(least(d2, u2), l2);
      l3 = least(least(d3, u3), l3);
      for (let q = x, last = x + width; q < last; q += 8, p += 64) {
        const s = v128.load64_splat(q);
        l0 = plusSquare(l0, f64x2.sub(s, v128.load(p)));
        l1 = plusSquare(l1, f64x2.sub(s, v128.load(p, 16)));
        l2 = plusSquare(l2, f64x2.sub(s, v128.load(p, 32)));
        l3 = plusSquare(l3, f64x2.sub(s, v128.load(p, 48)));
      }
      v128.store(r, l0, 64);
      v128.store(r, l1, 80);
      v128.store(r, l2, 96);
      v128.store(r, l3, 112);
      d0 = u0;
      d1 = u1;
      d2 = u2;
      d3 = u3;
    }
    b0 = least(b0, l0);
    b1 = least(b1, l1);
    b2 = least(b2, l2);
    b3 = least(b3, l3);
  }
  for (let r = row + 64; r < end; r += 64) {
    b0 = least(b0, v128.load(r));
    b1 = least(b1, v128.load(r, 16));
    b2 = least(b2, v128.load(r, 32));
    b3 = least(b3, v128.load(r, 48));
  }
  v128.store(to, f64x2.add(v128.load(to), b0));
  v128.store(to, f64x2.add(v128.load(to, 16), b1), 16);
  v128.store(to, f64x2.add(v128.load(to, 32), b2), 32);
  v128.store(to, f64x2.add(v128.load(to, 48), b3), 48);
}

/** What the corners of `size` steps of eight candidates cost, as `boundLanes` has it: the first ones go to `starts`, the last ones to `ends`. `room` is for a corner in lanes. */
export function cornerLanes(list: usize, candidates: usize, m: i32, d: i32, query: usize, n: i32, size: i32, room: usize, starts: usize, ends: usize): void {
  const step = <isize>d << 3;
  clear(starts);
  clear(ends);
  interleave(list, candidates, m, d, 0, 1, size, room);
  addCorner(query, step, room, size, d, starts);
  interleave(list, candidates, m, d, m - 1, -1, size, room);
  addCorner(query + <usize>(n - 1) * step, -step, room, size, d, ends);
}

/** Lays out `count` steps of eight candidates, from step `first` on and every `by`, one candidate in each lane. */
export function interleave(list: usize, candidates: usize, m: i32, d: i32, first: i32, by: i32, count: i32, to: usize): void {
  const step = <usize>d << 3;
  const bytes = <usize>m * step;
  const begin = candidates + <usize>first * step;
  const next = (<isize>by - 1) * <isize>step;
  for (let pair: usize = 0; pair < 4; pair++) {
    let a = begin + <usize>load<i32>(list + (pair << 3)) * bytes;
    let b = begin + <usize>load<i32>(list + (pair << 3), 4) * bytes;
    let at = to + (pair << 4);
    for (let j = 0; j < count; j++, a += next, b += next) {
      for (const end = a + step; a < end; a += 8, b += 8, at += 64) v128.store(at, v128.load_lane<f64>(b, v128.load64_zero(a), 1));
    }
  }
}

// Bounds of one candidate at a time. Windows are rows of a band, in the order of their widths: for k = 0, 1, ... how many are at least 2^k and less than 2^(k + 1) steps wide,
// then for each of them its row, its first step, and the step where the last 2^k of it begin.

/**
 * The smallest and the largest value of each window of a series of m steps go to its row at `lower` and `upper`: the extremes of 2^k steps from each step on are those
 * of 2^(k - 1) steps from there and from 2^(k - 1) steps later.
 */
export function envelopeOf(series: usize, m: i32, d: i32, windows: usize, levels: i32, lower: usize, upper: usize): void {
  startEnvelope(series, m, d);
  for (let k = 0; k < levels; k++) windows = envelopeLevel(k, m, d, windows, lower, upper);
}

/** Begins with the extremes of single steps. */
export function startEnvelope(series: usize, m: i32, d: i32): void {
  const bytes = <usize>(m * d) << 3;
  memory.copy(scratch, series, bytes);
  memory.copy(scratch + bytes + 16, series, bytes);
}

/** Continues with windows of 2^k steps. Returns where the next ones are. */
export function envelopeLevel(k: i32, m: i32, d: i32, windows: usize, lower: usize, upper: usize): usize {
  const step = <usize>d << 3;
  const bytes = <usize>m * step;
  const low = scratch;
  const high = scratch + bytes + 16;
  if (k > 0) {
    const apart = step << (k - 1);
    for (let at: usize = 0, end = bytes - 2 * apart + step; at < end; at += 16) {
      v128.store(low + at, f64x2.pmin(v128.load(low + at), v128.load(low + at + apart)));
      v128.store(high + at, f64x2.pmax(v128.load(high + at), v128.load(high + at + apart)));
    }
  }
  const count = load<i32>(windows);
  windows += 4;
  for (const end = windows + <usize>count * 12; windows < end; windows += 12) {
    const row = <usize>load<i32>(windows) * step;
    const a = <usize>load<i32>(windows, 4) * step;
    const b = <usize>load<i32>(windows, 8) * step;
    for (let channel: usize = 0; channel < step; channel += 8) {
      const least1 = load<f64>(low + a + channel);
      const least2 = load<f64>(low + b + channel);
      const most1 = load<f64>(high + a + channel);
      const most2 = load<f64>(high + b + channel);
      store<f64>(lower + row + channel, least1 < least2 ? least1 : least2);
      store<f64>(upper + row + channel, most1 > most2 ? most1 : most2);
    }
  }
  return windows;
}

/** The same for candidate l, unless its envelope is known. */
// @ts-ignore: decorator
@inline
function keepEnvelope(l: usize, series: usize, m: i32, d: i32, windows: usize, levels: i32, envelope: usize, half: usize, marks: usize, mark: i32): void {
  if (load<i32>(marks + (l << 2)) == mark) return;
  envelopeOf(series, m, d, windows, levels, envelope, envelope + half);
  store<i32>(marks + (l << 2), mark);
}

/** Envelopes of the candidates in a list: lower rows, and `half` bytes later upper ones, `stride` bytes from one candidate to the next. */
export function keepEnvelopes(list: usize, count: i32, candidates: usize, m: i32, d: i32, windows: usize, levels: i32, envelopes: usize, stride: usize, half: usize, marks: usize, mark: i32): void {
  for (const end = list + (<usize>count << 2); list < end; list += 4) {
    const l = <usize>load<i32>(list);
    keepEnvelope(l, candidates + (l * <usize>(m * d) << 3), m, d, windows, levels, envelopes + l * stride, half, marks, mark);
  }
}

/** Numbers between two looks at the limit. */
const CHUNK: usize = 64;

/** Of the series looked at last: how far its first and last steps together are outside, and those between. */
let outside: f64 = 0;
let between: f64 = 0;

/**
 * LB_Keogh: how far a series of n steps is outside an envelope. Returns the larger of that, and of what its corners cost, `ends`, plus how far what is between them is
 * outside; or of a part of it that is above the limit.
 */
function excessBetween(series: usize, n: i32, d: i32, size: i32, lower: usize, upper: usize, ends: f64, limit: f64): f64 {
  const corner = <usize>(size * d) << 3;
  const end = (<usize>(n * d) << 3) - corner;
  outside = excessOf(series, lower, upper, corner) + excessOf(series + end, lower + end, upper + end, corner);
  const more = max(outside, ends);
  between = 0;
  for (let at = corner; at < end && more + between <= limit; at += CHUNK << 3) {
    between += excessOf(series + at, lower + at, upper + at, min(CHUNK << 3, end - at));
  }
  return more + between;
}

/** The sum of the squares of how far numbers, of so many bytes, are outside. */
// @ts-ignore: decorator
@inline
function excessOf(p: usize, lower: usize, upper: usize, bytes: usize): f64 {
  let s0 = zero();
  let s1 = zero();
  let s2 = zero();
  let s3 = zero();
  let at: usize = 0;
  for (; at + 64 <= bytes; at += 64) {
    s0 = plusSquare(s0, excess(v128.load(p + at), v128.load(lower + at), v128.load(upper + at)));
    s1 = plusSquare(s1, excess(v128.load(p + at, 16), v128.load(lower + at, 16), v128.load(upper + at, 16)));
    s2 = plusSquare(s2, excess(v128.load(p + at, 32), v128.load(lower + at, 32), v128.load(upper + at, 32)));
    s3 = plusSquare(s3, excess(v128.load(p + at, 48), v128.load(lower + at, 48), v128.load(upper + at, 48)));
  }
  for (; at + 16 <= bytes; at += 16) s0 = plusSquare(s0, excess(v128.load(p + at), v128.load(lower + at), v128.load(upper + at)));
  for (; at < bytes; at += 8) {
    s0 = plusSquare(s0, excess(v128.load64_zero(p + at), v128.load64_zero(lower + at), v128.load64_zero(upper + at)));
  }
  s0 = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
  return f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
}

/**
 * Of `count` candidates in `list`, those whose bounds are not above the limit remain: `ends`, for each candidate of the group, from corners of at most `size` steps; where there are windows,
 * LB_Keogh with envelopes of the candidates, which are computed when they are first needed and marked with `mark`; and LB_Keogh with the envelope of the query. For each
 * that remains, its bound goes to `bounds` and what it is without its corners to `middles`. Returns how many remain.
 */
export function closer(
  list: usize, count: i32, candidates: usize, m: i32, d: i32, query: usize, n: i32, size: i32, lower: usize, upper: usize,
  windows: usize, levels: i32, envelopes: usize, stride: usize, marks: usize, mark: i32, ends: usize, limit: f64, bounds: usize, middles: usize,
): i32 {
  const bytes = <usize>(m * d) << 3;
  const half = <usize>(n * d) << 3;
  let remaining: usize = 0;
  for (let place: usize = 0; place < <usize>count; place++) {
    const l = <usize>load<i32>(list + (place << 2));
    const end = load<f64>(ends + (l << 3));
    const series = candidates + l * bytes;
    let bound: f64 = 0;
    let middle: f64 = 0;
    // First the other way round: the sums of steps were compared with the envelope of the query before.
    if (windows) {
      const envelope = envelopes + l * stride;
      keepEnvelope(l, series, m, d, windows, levels, envelope, half, marks, mark);
      bound = excessBetween(query, n, d, size, envelope, envelope + half, end, limit);
      if (bound > limit) continue;
      middle = between;
    }
    bound = max(bound, excessBetween(series, m, d, size, lower, upper, end, limit));
    if (bound > limit) continue;
    middle = max(middle, between);
    store<i32>(list + (remaining << 2), <i32>l);
    store<f64>(bounds + (remaining << 3), bound);
    store<f64>(middles + (remaining << 3), middle);
    remaining++;
  }
  return <i32>remaining;
}

/**
 * Writes to `to`, for a sweep of eight candidates, lower bounds on the cost of the steps of the query from each one on: how far they are outside the envelopes, whose rows are
 * `rowBytes` apart; before the last `size` steps also what the last corner costs, `ends`.
 */
export function restLanes(list: usize, query: usize, n: i32, d: i32, envelopes: usize, stride: usize, half: usize, rowBytes: usize, size: i32, ends: usize, to: usize): void {
  const step = <usize>d << 3;
  for (let pair: usize = 0; pair < 4; pair++) {
    const toLast = <usize>(n - 1) * rowBytes;
    let a = envelopes + stride * <usize>load<i32>(list + (pair << 3)) + toLast;
    let b = envelopes + stride * <usize>load<i32>(list + (pair << 3), 4) + toLast;
    const end = v128.load(ends + (pair << 4));
    let sum = zero();
    let x = query + <usize>n * step;
    let at = to + (<usize>n << 6) + (pair << 4);
    v128.store(at, sum);
    for (let i = n - 1; i >= 0; i--, a -= rowBytes, b -= rowBytes) {
      x -= step;
      at -= 64;
      for (let channel: usize = 0; channel < step; channel += 8) {
        const low = v128.load_lane<f64>(b + channel, v128.load64_zero(a + channel), 1);
        const high = v128.load_lane<f64>(b + half + channel, v128.load64_zero(a + half + channel), 1);
        sum = plusSquare(sum, excess(v128.load64_splat(x + channel), low, high));
      }
      if (i == n - size) sum = f64x2.pmax(sum, end);
      v128.store(at, sum);
    }
  }
}

/** The same for one candidate, whose envelope is at `lower` and `upper`: 8 bytes for each step. */
export function restOf(query: usize, n: i32, d: i32, lower: usize, upper: usize, rowBytes: usize, size: i32, end: f64, to: usize): void {
  const step = <usize>d << 3;
  let sum: f64 = 0;
  store<f64>(to + (<usize>n << 3), sum);
  for (let i = n - 1; i >= 0; i--) {
    const x = query + <usize>i * step;
    const row = <usize>i * rowBytes;
    for (let channel: usize = 0; channel < step; channel += 8) {
      const out = excess(v128.load64_zero(x + channel), v128.load64_zero(lower + row + channel), v128.load64_zero(upper + row + channel));
      const above = f64x2.extract_lane(out, 0);
      sum += above * above;
    }
    if (i == n - size && end > sum) sum = end;
    store<f64>(to + (<usize>i << 3), sum);
  }
}

// @ts-ignore: decorator
@inline
function excess(x: v128, from: v128, to: v128): v128 {
  return f64x2.sub(x, f64x2.pmin(f64x2.pmax(x, from), to));
}

// @ts-ignore: decorator
@inline
function plusSquare(sum: v128, x: v128): v128 {
  return f64x2.relaxed_madd(x, x, sum);
}
