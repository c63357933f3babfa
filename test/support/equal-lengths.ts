import type { MetricRecord } from '../../src/core/index.ts';

/** The same lists of series, all cut to three steps for a metric that compares step by step. */
export const cutToEqual = <T>(record: MetricRecord, dataset: readonly T[][]): T[][] =>
  dataset.map((series) => (record.equalLengths ? series.slice(0, 3) : series));
