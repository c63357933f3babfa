// The loops one would write by hand, in plain TypeScript: the baseline of "n times the twin".

/** dtw squared of univariate series in two rolling rows. */
export function plainDtw(s1: Float64Array, s2: Float64Array, radius = Infinity): number {
  const n = s1.length;
  const m = s2.length;
  let above = new Float64Array(m + 1).fill(Infinity);
  let row = new Float64Array(m + 1).fill(Infinity);
  above[0] = 0;
  for (let i = 0; i < n; i++) {
    const x = s1[i] as number;
    const lo = Math.max(0, i - radius);
    const hi = Math.min(m - 1, i + radius);
    row.fill(Infinity, 0, lo + 1);
    let left = Infinity;
    let diagonal = above[lo] as number;
    for (let j = lo; j <= hi; j++) {
      const up = above[j + 1] as number;
      const d = x - (s2[j] as number);
      let best = diagonal < up ? diagonal : up;
      if (left < best) best = left;
      left = d * d + best;
      row[j + 1] = left;
      diagonal = up;
    }
    if (hi + 2 <= m) row[hi + 2] = Infinity;
    [above, row] = [row, above];
  }
  return above[m] as number;
}

/** dtw squared of series of d values per step. */
export function plainDtwMultivariate(s1: Float64Array, s2: Float64Array, d: number): number {
  const n = s1.length / d;
  const m = s2.length / d;
  let above = new Float64Array(m + 1).fill(Infinity);
  let row = new Float64Array(m + 1).fill(Infinity);
  above[0] = 0;
  for (let i = 0; i < n; i++) {
    row[0] = Infinity;
    for (let j = 0; j < m; j++) {
      let cost = 0;
      for (let k = 0; k < d; k++) {
        const x = (s1[i * d + k] as number) - (s2[j * d + k] as number);
        cost += x * x;
      }
      row[j + 1] = cost + Math.min(above[j] as number, above[j + 1] as number, row[j] as number);
    }
    [above, row] = [row, above];
  }
  return above[m] as number;
}

/** soft-dtw of univariate series, in the log domain with Math.exp and Math.log, the whole table (n + 1) x (m + 1). */
export function plainSoftDtwTable(s1: Float64Array, s2: Float64Array, gamma: number): Float64Array {
  const n = s1.length;
  const m = s2.length;
  const width = m + 1;
  const table = new Float64Array((n + 1) * width).fill(Infinity);
  table[0] = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      const a = table[i * width + j] as number;
      const b = table[i * width + j + 1] as number;
      const c = table[(i + 1) * width + j] as number;
      const least = Math.min(a, b, c);
      const sum = Math.exp((least - a) / gamma) + Math.exp((least - b) / gamma) + Math.exp((least - c) / gamma);
      const d = (s1[i] as number) - (s2[j] as number);
      table[(i + 1) * width + j + 1] = d * d + least - gamma * Math.log(sum);
    }
  }
  return table;
}

/** soft-dtw and its gradients by the backward recursion of Cuturi and Blondel, as tslearn and pytorch-softdtw write it. */
export function plainSoftDtwGradient(s1: Float64Array, s2: Float64Array, gamma: number) {
  const n = s1.length;
  const m = s2.length;
  const width = m + 1;
  const table = plainSoftDtwTable(s1, s2, gamma);
  const cost = (i: number, j: number) => ((s1[i] as number) - (s2[j] as number)) ** 2;
  const share = new Float64Array((n + 1) * width);
  const g1 = new Float64Array(n);
  const g2 = new Float64Array(m);
  for (let i = n - 1; i >= 0; i--) {
    for (let j = m - 1; j >= 0; j--) {
      const r = table[(i + 1) * width + j + 1] as number;
      let e = i === n - 1 && j === m - 1 ? 1 : 0;
      if (i + 1 < n) {
        const next = (table[(i + 2) * width + j + 1] as number) - cost(i + 1, j);
        e += (share[(i + 1) * width + j] as number) * Math.exp((next - r) / gamma);
      }
      if (j + 1 < m) {
        const next = (table[(i + 1) * width + j + 2] as number) - cost(i, j + 1);
        e += (share[i * width + j + 1] as number) * Math.exp((next - r) / gamma);
      }
      if (i + 1 < n && j + 1 < m) {
        const next = (table[(i + 2) * width + j + 2] as number) - cost(i + 1, j + 1);
        e += (share[(i + 1) * width + j + 1] as number) * Math.exp((next - r) / gamma);
      }
      share[i * width + j] = e;
      const slope = 2 * e * ((s1[i] as number) - (s2[j] as number));
      g1[i] = (g1[i] as number) + slope;
      g2[j] = (g2[j] as number) - slope;
    }
  }
  return { value: table[n * width + m] as number, s1: g1, s2: g2 };
}
