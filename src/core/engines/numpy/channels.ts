import type { Pair } from '../../kernels/index.ts';

/** Channel k of both series, as a univariate pair. */
export const channelOf = ({ s1, s2, n, m, d }: Pair, k: number): Pair => ({
  s1: Float64Array.from({ length: n }, (_, i) => s1[i * d + k]),
  s2: Float64Array.from({ length: m }, (_, j) => s2[j * d + k]),
  n,
  m,
  d: 1,
});

/** Writes the gradient of one channel to its places among d channels. */
export function putChannel(to: Float64Array, channel: Float64Array, d: number, k: number): void {
  for (let i = 0; i < channel.length; i++) to[i * d + k] = channel[i];
}
