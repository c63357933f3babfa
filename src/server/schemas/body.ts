import { z } from 'zod';
import type { MetricRecord } from '../../core/index.ts';
import type { Operation } from '../operations/operation.ts';
import { backend, onlyNumpy } from './series.ts';

/** The body of an operation on a metric: the operation's own fields, the backend, and the metric's parameters. */
export function bodySchema(record: MetricRecord, operation: Operation): z.ZodType {
  const { params, backends = record.backends, check } = operation;
  const fields = fieldsOf(record, operation);
  const be = backends.includes('tfjs') ? backend : onlyNumpy;
  const body = z.strictObject({ ...fields, be, ...(params?.(record) ?? record.params.shape) });
  return check ? body.superRefine((value, context) => check(record, value, context)) : body;
}

function fieldsOf(record: MetricRecord, { fields, optional }: Operation): z.ZodRawShape {
  const left = optional?.(record) ?? [];
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, left.includes(name) ? z.optional(field) : field]),
  );
}
