import { cdist } from '../../src/core/index.ts';
import type { Matrix } from './one-nn.ts';

// DDTW and WDDTW as the bake-off computed them: the first and the last slope are repeated, so that there are as many as steps, where aeon and
// Warpserve have two fewer.

/** The measures whose published accuracies use such slopes, by name. */
export const repeatedSlopes: Readonly<Record<string, Matrix>> = {
  DDTW_R1_1NN: (first, second) => cdist('dtw', first.map(slopes), second?.map(slopes)).matrix,
  WDDTW_1NN: (first, second, params) => cdist('wdtw', first.map(slopes), second?.map(slopes), params).matrix,
};

function slopes(x: readonly number[]): number[] {
  const at = (i: number) => x[i] as number;
  const inner = x.slice(2).map((_, i) => (at(i + 1) - at(i) + (at(i + 2) - at(i)) / 2) / 2);
  return [inner[0] as number, ...inner, inner.at(-1) as number];
}
