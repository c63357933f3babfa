import type { Ask } from '../soak/mix.ts';

const series = (n: number, k: number): number[] =>
  Array.from({ length: n }, (_, i) => Math.round(1000 * Math.sin(i / (7 + k))) / 1000);

export const ask = (path: string, body: object): Ask => ({
  kind: 'long',
  path,
  body: JSON.stringify(body),
  answer: '',
});

/** A pair with the given number of steps. */
export const pair = (n: number, more: object = {}): object => ({ s1: series(n, 1), s2: series(n, 2), ...more });

const dataset = (count: number, n: number) => Array.from({ length: count }, (_, k) => series(n, k));

/** The heaviest that one request may ask for, each in a way of its own: what the default limits let through, seconds each. */
export const heaviest: readonly Ask[] = [
  ask('/soft-dtw?grad=true', pair(25_000)),
  ask('/dtw', pair(100_000)),
  ask('/soft-dtw?grad=true', pair(900, { be: 'tfjs' })),
  ask('/ctw', pair(3000)),
  ask('/soft-dtw/cdist', { dataset1: dataset(150, 500) }),
  ask('/dtw-limited-warping-length', pair(700)),
  ask('/soft-dtw/barycenter', { dataset: dataset(4, 2000) }),
  ask('/gak?grad=true', pair(3000)),
  ask('/dtw/neighbors', { queries: dataset(100, 800), candidates: dataset(100, 800), k: 50 }),
  ask('/shape-dtw', pair(4000, { reach: 40 })),
  ask('/dtw/subsequence', { query: series(3000, 1), series: series(60_000, 2), k: 20 }),
  ask('/soft-dtw/bandwidth', { dataset: dataset(20, 400), n_samples: 8000 }),
];
