import { z } from 'zod';
import type { MetricRecord } from '../../core/server-door.ts';
import type { Operation } from '../operations/operation.ts';
import { backendField } from './series.ts';

/** The fields of the body of an operation on a metric: the operation's own, the backend, and the metric's parameters. */
export function bodyShape(record: MetricRecord, operation: Operation): Record<string, z.ZodType> {
  const { params, backends = record.backends } = operation;
  const fields = fieldsOf(record, operation);
  const be = backendField(backends);
  // Records are written with zod's classic schemas, which zod's type of a shape forgets.
  return { ...fields, be, ...(params?.(record) ?? record.params.shape) } as Record<string, z.ZodType>;
}

/** The body: its fields, and what holds between them. */
export function bodySchema(record: MetricRecord, operation: Operation): z.ZodType {
  const { check } = operation;
  const body = z.strictObject(bodyShape(record, operation));
  return check ? body.superRefine((value, context) => check(record, value, context)) : body;
}

function fieldsOf(record: MetricRecord, { fields, optional }: Operation): z.ZodRawShape {
  const left = optional?.(record) ?? [];
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, left.includes(name) ? z.optional(field) : field]),
  );
}
