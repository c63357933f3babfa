import { cdist, evaluate } from '../../src/core/index.ts';

/** A request and the response that it must get. */
export interface Ask {
  readonly kind: 'small' | 'gradient' | 'long' | 'matrix';
  readonly path: string;
  readonly body: string;
  readonly answer: string;
}

type Kind = readonly [upTo: number, asks: readonly Ask[]];

/** A series with three decimals: short on the wire, so that the load is computing, not reading. */
const series = (n: number, k: number): number[] =>
  Array.from({ length: n }, (_, i) => Math.round(1000 * (Math.sin(i / (7 + k)) + Math.cos(i * k))) / 1000);

const pair = (kind: Ask['kind'], path: string, n: number, k: number): Ask => {
  const [s1, s2] = [series(n, k), series(n, k + 5)];
  const grad = path.endsWith('?grad=true');
  const found = evaluate(path.slice(1).split('?')[0] as string, s1, s2, {}, { grad });
  return { kind, path, body: JSON.stringify({ s1, s2 }), answer: JSON.stringify(found) };
};

const matrix = (k: number): Ask => {
  const dataset1 = Array.from({ length: 60 }, (_, at) => series(300, k + at));
  const answer = { ...cdist('dtw', dataset1), be: 'numpy', dtype: 'float64' };
  return { kind: 'matrix', path: '/dtw/cdist', body: JSON.stringify({ dataset1 }), answer: JSON.stringify(answer) };
};

const smallPairs = [1, 2, 3].map((k) => pair('small', '/dtw', 300, k));

/** Of a hundred requests: 80 small pairs, 15 gradients, 4 matrices, 1 long pair. Most of the work is in the last two. */
const kinds: readonly [Kind, ...Kind[]] = [
  [80, smallPairs],
  [95, [1, 2, 3].map((k) => pair('gradient', '/soft-dtw?grad=true', 500, k))],
  [99, [1, 2].map(matrix)],
  [100, [1, 2].map((k) => pair('long', '/soft-dtw', 3000, k))],
];

/** The small ones alone, in turn. */
export function* small(): Generator<Ask, never> {
  for (;;) yield* smallPairs;
}

/** Those of each kind alone, in turn. */
export const alone: readonly (() => Generator<Ask, never>)[] = kinds.map(
  ([, asks]) =>
    function* () {
      for (;;) yield* asks;
    },
);

/** The mix, seeded: the same requests in every run. */
export function* mixed(seed: number): Generator<Ask, never> {
  const random = generator(seed);
  for (;;) {
    const part = random() * 100;
    const [, asks] = kinds.find(([upTo]) => part < upTo) ?? kinds[0];
    yield asks[Math.floor(random() * asks.length)] as Ask;
  }
}

/** Uniform numbers in [0, 1): mulberry32. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
