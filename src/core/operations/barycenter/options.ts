import { z } from 'zod';
import { constraintParams } from '../../metric/constraints.ts';
import { localMetricParams } from '../../metric/local-metric.ts';
import type { MetricRecord } from '../../metric/record.ts';

const weights = z
  .array(z.number().min(0))
  .nullable()
  .default(null)
  .meta({ description: 'One for each series, not all 0. Absent: all 1.' });

const barycenter_size = z.int().min(1).max(1e6).nullable().default(null).meta({
  description: 'Steps of the barycenter. Absent: as many as `init` has, else as the longest series.',
});

const max_iter = z.int().min(0).max(1e6);
const tol = z.number().min(0);

/** What averaging by paths takes: tslearn's parameters of `dtw_barycenter_averaging` and its two variants. */
export const pathOptions = {
  weights,
  barycenter_size,
  max_iter: max_iter.default(30).meta({ description: 'Iterations at most' }),
  tol: tol.default(1e-5).meta({ description: 'Stops when the loss changes by less.' }),
  method: z.enum(['majorize-minimize', 'petitjean', 'subgradient']).default('majorize-minimize').meta({
    description:
      'majorize-minimize: paths from the barycenter to each series, then the mean of what each step is paired with. petitjean: the same with paths from each series, which differ where paths tie. subgradient: a small step towards one series after another, in their order.',
  }),
  initial_step_size: z.number().positive().default(0.05).meta({ description: 'Of subgradient: at the start' }),
  final_step_size: z.number().positive().default(0.005).meta({ description: 'Of subgradient: after the first round' }),
};

/** What averaging by gradients takes: tslearn's parameters of `softdtw_barycenter`. */
export const gradientOptions = {
  weights,
  barycenter_size,
  max_iter: max_iter.default(50).meta({ description: 'Iterations of L-BFGS at most' }),
  tol: tol.default(1e-3).meta({
    description: 'Stops when the relative decrease of the loss, or the largest entry of its gradient, is not above it.',
  }),
};

export type PathOptions = z.output<z.ZodObject<typeof pathOptions>>;
export type GradientOptions = z.output<z.ZodObject<typeof gradientOptions>>;

/** Whether a metric is differentiable everywhere, so that gradients find its barycenters. */
export const isSmooth = ({ params }: MetricRecord): boolean => 'gamma' in params.shape;

/** The metric's parameters that an average may have: paths are averaged under squared Euclidean costs. */
export const barycenterParams = (record: MetricRecord): z.ZodRawShape =>
  isSmooth(record) ? withoutLocal(record.params.shape) : constraintParams;

const withoutLocal = (shape: z.ZodRawShape): z.ZodRawShape =>
  Object.fromEntries(Object.entries(shape).filter(([name]) => !(name in localMetricParams)));
