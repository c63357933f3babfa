import { z } from 'zod';
import type { BackendName, MetricRecord } from '../../core/server-door.ts';
import { backendField } from './series.ts';

/** What an operation asks of whoever calls it: the part of its record that schemas are made of. */
export interface Asked<Body extends object = object> {
  /** As in `POST /{metric}{suffix}`. */
  readonly suffix: string;
  /** The backends that compute it, where they are fewer than the metric's. */
  readonly backends?: readonly BackendName[];
  /** The parameters it takes, where they are not all of the metric's. */
  readonly params?: (record: MetricRecord) => z.ZodRawShape;
  /** The operation's own fields of the body, and what holds between them. */
  readonly fields: z.ZodRawShape;
  /** Fields that may be omitted, by what the metric takes. */
  readonly optional?: (record: MetricRecord) => readonly string[];
  readonly check?: (record: MetricRecord, body: Body, context: z.RefinementCtx) => void;
}

/** The fields of the body of an operation on a metric: the operation's own, the backend, and the metric's parameters. */
export function bodyShape(record: MetricRecord, operation: Asked): Record<string, z.ZodType> {
  const { params, backends = record.backends } = operation;
  const fields = fieldsOf(record, operation);
  const be = backendField(backends);
  // Records are written with zod's classic schemas, which zod's type of a shape forgets.
  return { ...fields, be, ...(params?.(record) ?? record.params.shape) } as Record<string, z.ZodType>;
}

/** The body: its fields, and what holds between them. */
export function bodySchema(record: MetricRecord, operation: Asked): z.ZodType {
  const { check } = operation;
  const body = z.strictObject(bodyShape(record, operation));
  return check ? body.superRefine((value, context) => check(record, value, context)) : body;
}

function fieldsOf(record: MetricRecord, { fields, optional }: Asked): z.ZodRawShape {
  const left = optional?.(record) ?? [];
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, left.includes(name) ? z.optional(field) : field]),
  );
}
