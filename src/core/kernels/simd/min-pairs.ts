import type { PairsReducer } from './pairs.ts';

/** Bytes of the moves into a cell. */
const MOVES = 2;

/** The smallest cost of pairs; the gradient is the derivative of the costs along the path. */
export const minPairs: PairsReducer = {
  isFor: () => true,
  feels: () => true,
  kept: ({ n, m }) => MOVES * n * m,
  sweep: (d, grad) => `dtwPairs${d === 1 ? '' : 'Any'}${grad ? 'Moves' : ''}`,
  start(instance, { m }, moves) {
    instance.wasm.startMinPairs(instance.take(2 * 64 * (m + 1)), moves);
  },
  last({ wasm, f64 }) {
    const at = wasm.lastOfPairs() >> 3;
    return (lane) => f64[at + lane];
  },
  back(instance, _pair, _step, poll) {
    poll();
    instance.wasm.followPairs();
  },
};
