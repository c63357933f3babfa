import { type Dataset, seriesAt } from '../../input/dataset.ts';
import type { Series } from '../../input/series.ts';
import type { BatchSteps } from '../../kernels/index.ts';
import type { Params } from '../../metric/params.ts';
import type { ByRecurrence, MetricRecord } from '../../metric/record.ts';
import { prepared } from './before-and-after.ts';

/** A series as a batch reads it. */
export interface Source {
  readonly series: Series;
  /** Prepared; one for each channel if channels are aligned separately. */
  readonly layers: readonly BatchSteps[];
  /** R(x, x), once it is known. */
  self?: number;
}

/** The series of a dataset as a batch reads them, each prepared when it is first asked for. */
export function sourcesOf(
  dataset: Dataset,
  layersOf: (series: Series) => readonly BatchSteps[],
): (k: number) => Source {
  const sources: (Source | undefined)[] = [];
  return (k) => {
    let source = sources[k];
    if (source === undefined) {
      const series = seriesAt(dataset, k);
      source = { series, layers: layersOf(series) };
      sources[k] = source;
    }
    return source;
  };
}

/** A series as the sweeps of a recurrence read it; `apart`: each channel by itself. */
export function layersOf(
  series: Series,
  record: MetricRecord & ByRecurrence<Record<string, unknown>>,
  params: Params,
  apart: boolean,
): readonly BatchSteps[] {
  const { data, n, d } = prepared(record.prepare, series, 's1');
  if (apart) {
    const channel = (c: number) => Float64Array.from({ length: n }, (_, i) => data[i * d + c]);
    return Array.from({ length: d }, (_, c) => ({ data: channel(c), n, d: 1 }));
  }
  const { moves } = record.recurrence(params, series, series);
  // By default, edr's epsilon is a fraction of the larger of two deviations.
  return [moves.kind === 'edr' ? { data, n, d, epsilon: moves.epsilon } : { data, n, d }];
}
