// A scratch kernel (AssemblyScript): what one thread can reach for dtw of one query with eight candidates of equal length, without anything that a
// service needs. It has no band, no other metric, no unequal lengths, no values per step, and it cannot be stopped. bench/cdist-short.ts builds and times it.
// From the experiment that the batch kernels were begun from.

/** One query x of n steps; eight candidates of m steps interleaved at y: y[8 j + lane]; `row` has room for 8 (m + 1) numbers and ends with the values. */
export function batch(x: usize, n: i32, y: usize, m: i32, row: usize): void {
  const inf = f64x2.splat(Infinity);
  for (let j = 0; j <= m; j++) {
    const r = row + ((<usize>j) << 6);
    v128.store(r, inf);
    v128.store(r, inf, 16);
    v128.store(r, inf, 32);
    v128.store(r, inf, 48);
  }
  const zero = f64x2.splat(0);
  v128.store(row, zero);
  v128.store(row, zero, 16);
  v128.store(row, zero, 32);
  v128.store(row, zero, 48);
  for (let i = 0; i < n; i++) {
    const xi = f64x2.splat(load<f64>(x + ((<usize>i) << 3)));
    let d0 = v128.load(row);
    let d1 = v128.load(row, 16);
    let d2 = v128.load(row, 32);
    let d3 = v128.load(row, 48);
    v128.store(row, inf);
    v128.store(row, inf, 16);
    v128.store(row, inf, 32);
    v128.store(row, inf, 48);
    let l0 = inf;
    let l1 = inf;
    let l2 = inf;
    let l3 = inf;
    let r = row + 64;
    let yy = y;
    const end = y + ((<usize>m) << 6);
    while (yy < end) {
      const u0 = v128.load(r);
      const u1 = v128.load(r, 16);
      const u2 = v128.load(r, 32);
      const u3 = v128.load(r, 48);
      const c0 = f64x2.sub(xi, v128.load(yy));
      const c1 = f64x2.sub(xi, v128.load(yy, 16));
      const c2 = f64x2.sub(xi, v128.load(yy, 32));
      const c3 = f64x2.sub(xi, v128.load(yy, 48));
      l0 = f64x2.relaxed_madd(c0, c0, f64x2.pmin(f64x2.pmin(u0, d0), l0));
      l1 = f64x2.relaxed_madd(c1, c1, f64x2.pmin(f64x2.pmin(u1, d1), l1));
      l2 = f64x2.relaxed_madd(c2, c2, f64x2.pmin(f64x2.pmin(u2, d2), l2));
      l3 = f64x2.relaxed_madd(c3, c3, f64x2.pmin(f64x2.pmin(u3, d3), l3));
      v128.store(r, l0);
      v128.store(r, l1, 16);
      v128.store(r, l2, 32);
      v128.store(r, l3, 48);
      d0 = u0;
      d1 = u1;
      d2 = u2;
      d3 = u3;
      r += 64;
      yy += 64;
    }
  }
}
