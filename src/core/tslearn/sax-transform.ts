import { saxBreakpoints, saxSymbols } from '../engines/solvers/sax.ts';
import { type Dataset, readDataset, seriesAt } from '../input/dataset.ts';

/** How series become symbols, under tslearn's names. */
export interface SaxOptions {
  readonly n_segments: number;
  /** Default 5, tslearn's. */
  readonly alphabet_size_avg?: number;
  /** Whether each channel is first standardized, by mean and standard deviation over the whole dataset. */
  readonly scale?: boolean;
}

/**
 * The symbols of every series of a dataset, (n_ts, n_segments, d), and the breakpoints between them: tslearn's
 * `SymbolicAggregateApproximation.fit_transform`. `metric: "sax"` takes both, as `dataset1` and `breakpoints_avg`.
 *
 * @throws InvalidInput for a dataset that cannot be read, and for a series with fewer steps than segments
 */
export function saxTransform(
  dataset: unknown,
  { n_segments, alphabet_size_avg = 5, scale = false }: SaxOptions,
): { symbols: number[][][]; breakpoints_avg: number[] } {
  const read = readDataset(dataset, 'dataset');
  const { d } = read;
  const breakpoints = saxBreakpoints(alphabet_size_avg);
  const all = Array.from(read.lengths, (_, k) => seriesAt(read, k));
  const data = scale ? standardized(read) : (k: number) => (all[k] as (typeof all)[0]).data;
  const symbols = all.map((series, k) => {
    const flat = saxSymbols({ ...series, data: data(k) }, n_segments, breakpoints);
    return Array.from({ length: n_segments }, (_, t) => Array.from(flat.subarray(t * d, (t + 1) * d)));
  });
  return { symbols, breakpoints_avg: breakpoints };
}

/** The series' values, each channel with mean 0 and standard deviation 1 over all series; a constant channel is only centred. */
function standardized(dataset: Dataset): (k: number) => Float64Array {
  const { d } = dataset;
  const all = Array.from(dataset.lengths, (_, k) => seriesAt(dataset, k).data);
  const steps = all.reduce((total, { length }) => total + length / d, 0);
  const mean = new Float64Array(d);
  const square = new Float64Array(d);
  for (const data of all) for (let at = 0; at < data.length; at++) mean[at % d] += data[at] / steps;
  for (const data of all)
    for (let at = 0; at < data.length; at++) square[at % d] += (data[at] - mean[at % d]) ** 2 / steps;
  const deviation = square.map((value) => Math.sqrt(value) || 1);
  return (k) => (all[k] as Float64Array).map((value, at) => (value - mean[at % d]) / deviation[at % d]);
}
