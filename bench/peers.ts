// The npm packages that compute dtw, each as a function of two univariate series.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

type Distance = (s1: Float64Array, s2: Float64Array) => number;

const require = createRequire(import.meta.url);

/** Peers by name. Not all take the square root; the time is the same. */
export async function peers(): Promise<Record<string, Distance>> {
  const augurs = await import('@bsull/augurs/dtw');
  augurs.initSync({ module: readFileSync(new URL('./node_modules/@bsull/augurs/dtw_bg.wasm', import.meta.url)) });
  const euclidean = augurs.Dtw.euclidean();
  const Dtw = require('dtw') as new () => { compute(s: ArrayLike<number>, t: ArrayLike<number>): number };
  const Warping = require('dynamic-time-warping') as new (
    s: ArrayLike<number>,
    t: ArrayLike<number>,
    distance: (a: number, b: number) => number,
  ) => { getDistance(): number };
  return {
    '@bsull/augurs': (s1, s2) => euclidean.distance(s1, s2),
    dtw: (s1, s2) => new Dtw().compute(listOf(s1), listOf(s2)),
    'dynamic-time-warping': (s1, s2) => new Warping(s1, s2, (a, b) => (a - b) ** 2).getDistance(),
  };
}

const lists = new WeakMap<Float64Array, number[]>();

/** The package dtw does not accept typed arrays; the copy is made once and not timed. */
function listOf(series: Float64Array): number[] {
  const list = lists.get(series) ?? Array.from(series);
  lists.set(series, list);
  return list;
}
