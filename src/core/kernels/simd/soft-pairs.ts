import type { Sweep } from './instance.ts';
import type { PairsReducer } from './pairs.ts';

/** assembly/soft-pairs.ts */
const BIAS = 1.5 * 2 ** 52;
/** Exponents of a whole path stay below this. */
const LARGEST = 2 ** 49;
/** Bytes of the weights of a cell. */
const WEIGHTS = 128;

const nameFor = (d: number): string => (d === 1 ? 'softPairs' : 'softPairsAny');

/**
 * The soft minimum of pairs with gamma > 0. It is not for a pair that has a single path, whose value is the cost of that path, and not for numbers so large that
 * gamma is not felt beside them: simd/softmin.ts.
 */
export function softPairs(gamma: number): PairsReducer {
  const scale = 1 / (gamma * Math.LN2);
  let passed = 0;
  return {
    isFor: ({ n, m }, cells) => cells > Math.max(n, m),
    feels: ({ n, m, d }, reach) => reach * reach * d * (n + m) * scale < LARGEST,
    kept: (_pair, cells) => WEIGHTS * cells,
    sweep: (d, grad) => `${nameFor(d)}${grad ? 'Weights' : ''}`,
    start(instance, { m }, weights) {
      const row = 64 * (m + 2);
      const rows = instance.take(5 * row);
      passed = rows + 4 * row;
      instance.wasm.startSoftPairs(rows, weights, scale);
    },
    last({ wasm, f64 }) {
      const mantissas = wasm.pairsMantissas() >> 3;
      const exponents = wasm.pairsExponents() >> 3;
      return (lane) => gamma * (Math.LN2 * (f64[exponents + lane] - BIAS) - Math.log(f64[mantissas + lane]));
    },
    back({ wasm }, { n, d }, step, poll) {
      wasm.startSoftPairsBack(passed);
      const sweep = wasm[`${nameFor(d)}Back`] as Sweep;
      for (let i = n; i > 0; i -= step) {
        poll();
        sweep(Math.max(0, i - step), i);
      }
    },
  };
}
