import type { Metric, Shown } from '../state/state.ts';

/** Which values of a metric mean similar series, in a few words. */
export function directionOf({ similarity, laws }: Metric, smooth: boolean): string {
  if (similarity) return 'similarity: the larger, the more alike';
  const hard = laws.includes('zero on equal series when hard') && !smooth;
  if (hard || laws.includes('zero on equal series')) return 'distance: 0 is the same';
  return 'the smaller, the more alike';
}

/** What a negative value means, if one is shown. */
export function negativeNote({ metric, answer }: Shown): string {
  if (!answer || answer.value >= 0 || metric.similarity) return '';
  return metric.name === 'soft-dtw-normalized'
    ? 'Below 0 by rounding, or because gamma is large for these series.'
    : 'Below 0, because a soft minimum over all alignments is less than the best of them: only differences between values mean something. soft-dtw-normalized is 0 for equal series.';
}
