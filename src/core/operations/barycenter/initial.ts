import { type Dataset, seriesAt } from '../../input/dataset.ts';
import type { Series } from '../../input/series.ts';
import type { Poll } from '../../kernels/index.ts';

/** Numbers made between two polls: about a millisecond. */
const NUMBERS = 200_000;

/** Where averaging starts: steps of d values, flat. */
export type Center = Pick<Series, 'data' | 'n' | 'd'>;

/** The mean of the values that the series have at each step, as tslearn initialises dtw averaging: shorter ones count where they have steps. */
export function meanByStep(dataset: Dataset, size: number | null, poll: Poll): Center {
  const { d, lengths } = dataset;
  const n = longest(dataset);
  const sum = new Float64Array(n * d);
  const count = new Float64Array(n);
  for (const k of lengths.keys()) {
    poll();
    const { data, n: steps } = seriesAt(dataset, k);
    for (let at = 0; at < data.length; at++) sum[at] += data[at];
    for (let i = 0; i < steps; i++) count[i]++;
  }
  const data = sum.map((total, at) => total / count[Math.floor(at / d)]);
  return resampled({ data, n, d }, size ?? n, poll);
}

/** The weighted mean of the series, each resampled to the same length, as tslearn initialises soft-dtw averaging. */
export function meanResampled(dataset: Dataset, weights: Float64Array, size: number | null, poll: Poll): Center {
  const { d, lengths } = dataset;
  const n = size ?? longest(dataset);
  const data = new Float64Array(n * d);
  const total = weights.reduce((sum, w) => sum + w, 0);
  for (const k of lengths.keys()) {
    const one = resampled(seriesAt(dataset, k), n, poll).data;
    for (let at = 0; at < data.length; at++) data[at] += (weights[k] / total) * one[at];
  }
  return { data, n, d };
}

const longest = ({ lengths }: Dataset): number => lengths.reduce((most, n) => Math.max(most, n), 0);

/** Linear interpolation at `size` equally spaced points from the first to the last step. */
function resampled({ data, n, d }: Center, size: number, poll: Poll): Center {
  poll();
  if (size === n) return { data: data.slice(), n, d };
  const out = new Float64Array(size * d);
  const pollEvery = Math.ceil(NUMBERS / d);
  for (let i = 0; i < size; i++) {
    if (i % pollEvery === 0) poll();
    const place = size === 1 ? 0 : (i * (n - 1)) / (size - 1);
    const left = Math.min(Math.floor(place), n - 1);
    const right = Math.min(left + 1, n - 1);
    for (let channel = 0; channel < d; channel++) {
      const from = data[left * d + channel];
      out[i * d + channel] = from + (place - left) * (data[right * d + channel] - from);
    }
  }
  return { data: out, n: size, d };
}
