import { z } from 'zod';
import { requireFinite } from '../engines/solve.ts';
import { type CancelFlag, InvalidInput, throwIfCancelled } from '../errors.ts';
import type { NumpyArray } from '../input/arrays/array-like.ts';
import type { BackendName } from '../input/arrays/backend-of.ts';
import { flatOf } from '../input/arrays/flat.ts';
import { loadNumpy } from '../input/arrays/load-numpy.ts';
import { type Dataset, readDataset } from '../input/dataset.ts';
import { type Layout, laidOut } from '../input/layout.ts';
import type { Poll } from '../kernels/index.ts';
import { checked } from '../metric/params.ts';
import type { Price } from '../metric/price.ts';
import type { BackendChoice, MetricRecord } from '../metric/record.ts';
import { gak } from '../metrics/gak.ts';
import { softDtw } from '../metrics/soft-dtw.ts';
import { median } from './median.ts';
import { requireService } from './require-service.ts';

/** How a bandwidth is estimated: tslearn's parameters of `sigma_gak` and `gamma_soft_dtw`. */
export const bandwidthParams = {
  n_samples: z.int().min(2).max(1e5).default(100).meta({
    description: 'Number of steps sampled from all series, with replacement if there are fewer.',
  }),
  random_state: z
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(0)
    .meta({
      description:
        "The random seed: steps are sampled as by NumPy's `RandomState(random_state).choice`, so the value equals tslearn's for the same seed.",
    }),
};

/** After validation. */
export type BandwidthOptions = z.output<z.ZodObject<typeof bandwidthParams>>;

/** The parameter under its name, ready to be sent, and what computed it. */
export interface Bandwidth {
  sigma?: number;
  gamma?: number;
  be: BackendName;
  dtype: 'float64';
}

/**
 * A fitting `sigma` or `gamma` of a metric for a dataset: what `POST /{metric}/bandwidth` answers. Where more than half of the pairs of drawn
 * steps are equal, there is no sigma, and gamma is 0, which makes soft-dtw dtw squared.
 *
 * @throws InvalidInput that points at the first offending series or parameter
 */
export function bandwidth(
  metric: string | MetricRecord | { readonly record: MetricRecord },
  dataset: unknown,
  { be, layout, ...given }: { be?: BackendChoice; layout?: Layout } & Partial<BandwidthOptions> = {},
): Bandwidth {
  const record = requireService(metric, 'bandwidth', be);
  const options = checked(z.strictObject(bandwidthParams), given, 'bandwidth');
  return findBandwidth(record, readDataset(laidOut(dataset, layout), 'dataset'), options);
}

/** tslearn's `sigma_gak`: the median distance between two steps, times the square root of the longest length. */
export const sigmaGak = (dataset: unknown, options: Partial<BandwidthOptions> = {}): number =>
  bandwidth(gak, dataset, options).sigma as number;

/** tslearn's `gamma_soft_dtw`: 2 sigma^2. */
export const gammaSoftDtw = (dataset: unknown, options: Partial<BandwidthOptions> = {}): number =>
  bandwidth(softDtw, dataset, options).gamma as number;

/** The bandwidth for a dataset that is already read. */
export function findBandwidth(
  record: MetricRecord,
  dataset: Dataset,
  options: BandwidthOptions,
  cancel?: CancelFlag,
): Bandwidth {
  const poll = () => throwIfCancelled(cancel);
  const sigma = medianDistance(dataset, options, poll) * Math.sqrt(dataset.lengths.reduce((a, b) => Math.max(a, b)));
  const found = record.smoothedBy === 'sigma' ? { sigma } : { gamma: 2 * sigma ** 2 };
  // What the metric itself would refuse, or divide by, is no answer.
  if (found.sigma !== undefined && 2 * sigma ** 2 === 0) {
    const message =
      'the median distance of the steps is 0: a sigma must be above 0, so give one of your own, or a dataset whose steps differ';
    throw new InvalidInput(message, ['dataset'], 'no_bandwidth');
  }
  requireFinite({ value: found.sigma ?? (found.gamma as number) }, 'float64');
  return { ...found, be: 'numpy', dtype: 'float64' };
}

/** Seeding NumPy's generator and putting it back, in cells. */
const DRAW = 60_000;

/** The price of the distances of all drawn steps, which are kept and sorted. */
export function bandwidthPrice({ d }: Dataset, { n_samples }: BandwidthOptions): Price {
  const distances = (n_samples * (n_samples - 1)) / 2;
  const each = { times: 10 + 7 * Math.log2(n_samples) + 2 * d, of: `${d} values per step, and sorting` };
  return {
    cells: Math.ceil(distances * each.times + 300 * n_samples + DRAW),
    factors: [{ times: distances, of: `distances of n_samples ${n_samples} steps` }, each],
    numbers: 1,
    bytes: 8 * distances,
  };
}

/** Numbers scanned between two polls: about a millisecond. */
const NUMBERS = 200_000;

function medianDistance(dataset: Dataset, { n_samples, random_state }: BandwidthOptions, poll: Poll): number {
  const { data, d, lengths } = dataset;
  const drawn = placesOf(
    dataset,
    draw(
      lengths.reduce((sum, n) => sum + n, 0),
      n_samples,
      random_state,
    ),
  );
  const distances = new Float64Array((n_samples * (n_samples - 1)) / 2);
  const pollEvery = Math.ceil(NUMBERS / d);
  let at = 0;
  for (const [k, one] of drawn.entries()) {
    for (let l = k + 1; l < n_samples; l++) {
      if (at % pollEvery === 0) poll();
      const other = drawn[l];
      let sum = 0;
      for (let c = 0; c < d; c++) sum += (data[one + c] - data[other + c]) ** 2;
      distances[at++] = Math.sqrt(sum);
    }
  }
  return median(distances, poll);
}

/** Where steps begin in the data, which are counted from one series to the next; padding is no step. */
function placesOf({ starts, lengths, d }: Dataset, steps: readonly number[]): number[] {
  const ends: number[] = [];
  for (const n of lengths) ends.push((ends.at(-1) ?? 0) + n);
  return steps.map((step) => {
    let [low, high] = [0, ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle] > step) high = middle;
      else low = middle + 1;
    }
    return starts[low] + (step - (ends[low] - lengths[low])) * d;
  });
}

/** numpy-ts has NumPy's generator, but a global one: its state is restored. */
function draw(points: number, size: number, seed: number): number[] {
  const np = loadNumpy();
  const before = np.random.get_state();
  np.random.seed(seed);
  try {
    return Array.from(flatOf(np.random.choice(points, size, points < size) as NumpyArray).data, Number);
  } finally {
    np.random.set_state(before);
  }
}
