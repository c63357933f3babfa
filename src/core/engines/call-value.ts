import type * as tf from '@tensorflow/tfjs';
import type { BackendName } from '../input/arrays/backend-of.ts';
import { readOperands } from '../metric/local-metric.ts';
import type { Params } from '../metric/params.ts';
import type { MetricRecord } from '../metric/record.ts';
import { engines } from './engines.ts';
import { bands, buildProblem, requireBackend, solve } from './solve.ts';

/** The metric as a function: a number, or a scalar tensor if the backend differentiates by a tape. */
export function callValue(
  record: MetricRecord,
  s1: unknown,
  s2: unknown,
  params: Params,
  backend: BackendName,
): number | tf.Scalar {
  const [a, b] = readOperands(s1, s2, params);
  const { differentiable } = engines[backend];
  if (differentiable === undefined) return solve(record, a, b, params, backend).value;
  requireBackend(record, backend);
  return differentiable(buildProblem(record, a, b, params, bands(params)), s1, s2);
}
