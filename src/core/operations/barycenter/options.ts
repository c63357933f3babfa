import { z } from 'zod';
import { constraintParams } from '../../metric/constraints.ts';
import { localMetricParams } from '../../metric/local-metric.ts';
import type { MetricRecord } from '../../metric/record.ts';

const weights = z
  .array(z.number().min(0))
  .nullable()
  .default(null)
  .meta({ description: 'One weight per series, not all 0. Default: all 1.' });

const barycenter_size = z.int().min(1).max(1e6).nullable().default(null).meta({
  description: 'Number of steps of the barycenter. Default: that of `init` if given, otherwise of the longest series.',
});

const max_iter = z.int().min(0).max(1e6);
const tol = z.number().min(0);

/** The options of averaging by paths: tslearn's parameters of `dtw_barycenter_averaging` and its two variants. */
export const pathOptions = {
  weights,
  barycenter_size,
  max_iter: max_iter.default(30).meta({ description: 'Maximum number of iterations' }),
  tol: tol.default(1e-5).meta({ description: 'Stop when the loss changes by less than this.' }),
  method: z.enum(['majorize-minimize', 'petitjean', 'subgradient']).default('majorize-minimize').meta({
    'x-name': 'BarycenterMethod',
    description:
      'majorize-minimize: align the barycenter with each series, then replace each of its steps by the mean of what it is paired with. petitjean: the same, with paths from each series to the barycenter, which differ where paths tie. subgradient: take a small step towards one series after another, in order.',
  }),
  initial_step_size: z
    .number()
    .positive()
    .default(0.05)
    .meta({ description: 'subgradient: step size in the first pass' }),
  final_step_size: z
    .number()
    .positive()
    .default(0.005)
    .meta({ description: 'subgradient: step size after the first pass' }),
};

/** The options of averaging by gradients: tslearn's parameters of `softdtw_barycenter`. */
export const gradientOptions = {
  weights,
  barycenter_size,
  max_iter: max_iter.default(50).meta({ description: 'Maximum number of L-BFGS iterations' }),
  tol: tol.default(1e-3).meta({
    description:
      'Stop when the relative decrease of the loss over five iterations, or the largest entry of its gradient, is at most this. (tslearn compares the last two losses, and may stop earlier.)',
  }),
};

export type PathOptions = z.output<z.ZodObject<typeof pathOptions>>;
export type GradientOptions = z.output<z.ZodObject<typeof gradientOptions>>;

/** Whether a metric is differentiable everywhere, so that gradients find its barycenters. */
export const isSmooth = ({ params }: MetricRecord): boolean => 'gamma' in params.shape;

/** Which of the metric's parameters apply to averaging: paths are averaged under squared Euclidean costs. */
export const barycenterParams = (record: MetricRecord): z.ZodRawShape =>
  isSmooth(record) ? withoutLocal(record.params.shape) : constraintParams;

const withoutLocal = (shape: z.ZodRawShape): z.ZodRawShape =>
  Object.fromEntries(Object.entries(shape).filter(([name]) => !(name in localMetricParams)));
