import type { Extra, MetricRecord } from '../../core/server-door.ts';

/** The flag for a gradient, if the metric has one. */
export const hasGradient = ({ gives }: MetricRecord): readonly Extra[] => (gives.includes('grad') ? ['grad'] : []);
