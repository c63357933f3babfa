/** A seeded random walk of n steps of d values: the same for every run and every peer. */
export function series(n: number, seed: number, d = 1): number[] {
  const next = mulberry32(seed);
  const walk = new Array<number>(d).fill(0);
  const values: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < d; k++) {
      walk[k] = (walk[k] as number) + next() - 0.5;
      values.push(walk[k] as number);
    }
  }
  return values;
}

/** Uniform numbers in [0, 1): Tommy Ettinger's mulberry32. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
