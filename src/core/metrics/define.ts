import { z } from 'zod';
import { callValue } from '../engines/call-value.ts';
import type { BackendName } from '../input/arrays/backend-of.ts';
import { BACKENDS, backendOf } from '../input/arrays/backend-of.ts';
import { readParams } from '../metric/params.ts';
import type {
  BackendChoice,
  ByRecurrence,
  BySolver,
  MetricFacts,
  MetricFunction,
  MetricRecord,
} from '../metric/record.ts';

/** Makes the function of a metric from its record. What follows from it, and the parameters common to all metrics, are added here. */
export function defineMetric<S extends z.ZodRawShape>(
  spec: Omit<MetricFacts, 'params' | 'backends' | 'smoothedBy'> &
    (ByRecurrence<z.output<z.ZodObject<S>>> | BySolver<z.output<z.ZodObject<S>>>) & {
      readonly params: S;
      readonly backends?: readonly BackendName[];
    },
): MetricFunction<z.input<z.ZodObject<S>> & { compute_with_backend?: boolean }> {
  // Sound, because parameters reach a record only through `readParams`, that is, through `spec.params`.
  const record = {
    backends: BACKENDS,
    ...spec,
    smoothedBy: spec.gives.includes('grad')
      ? (['gamma', 'sigma'] as const).find((name) => name in spec.params)
      : undefined,
    params: z.strictObject({ ...spec.params, ...commonParams }),
  } as unknown as MetricRecord;
  const call = (s1: unknown, s2: unknown, { be, ...params }: { be?: BackendChoice } = {}) =>
    callValue(record, s1, s2, readParams(record, params), backendOf(be, s1, s2));
  // The overloads say what `callValue` does: numbers from numpy, tensors from tfjs.
  return Object.assign(call, { record }) as never;
}

const commonParams = {
  compute_with_backend: z.boolean().default(true).meta({
    'x-name': 'ComputeWithBackend',
    description:
      'On tfjs: whether tfjs itself computes the metric, differentiable to any order by autodiff (true), or the float64 kernels do, with their analytic gradient (false: a hundred times faster). Ignored on numpy.',
  }),
};
