import { signal } from '@preact/signals-core';
import { channels, type Sample } from '../data/series.ts';
import type { Metric } from './state.ts';

/** Metrics that align each channel by itself. */
const SEPARATE = ['dtw-independent', 'sbd'];

/** The channel whose alignment is drawn, if each has its own. */
export const alignedChannel = signal(0);

/** The channel that an alignment of this metric is of; undefined if it is of all channels together. */
export function channelOf(metric: Pick<Metric, 'name'>, { values }: Sample): number | undefined {
  const count = channels(values).length;
  return count > 1 && SEPARATE.includes(metric.name) ? Math.min(alignedChannel.value, count - 1) : undefined;
}
