import { z } from 'zod';
import type { MetricRecord } from '../../core/index.ts';
import type { Operation } from '../operations/operation.ts';
import { backend, onlyNumpy } from './series.ts';

/** The body of an operation on a metric: the operation's own fields, the backend, and the metric's parameters. */
export function bodySchema(record: MetricRecord, operation: Operation): z.ZodType {
  const { fields, params, backends = record.backends, check } = operation;
  const be = backends.includes('tfjs') ? backend : onlyNumpy;
  const body = z.strictObject({ ...fields, be, ...(params?.(record) ?? record.params.shape) });
  return check ? body.superRefine((value, context) => check(record, value, context)) : body;
}
