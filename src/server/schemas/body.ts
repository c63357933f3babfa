import { z } from 'zod';
import type { BackendName, MetricRecord } from '../../core/server-door.ts';
import { backendField } from './series.ts';

/** What an operation expects from its caller: the part of its record from which schemas are built. */
export interface Asked<Body extends object = object> {
  /** As in `POST /{metric}{suffix}`. */
  readonly suffix: string;
  /** The backends that compute it, if they are fewer than the metric's. */
  readonly backends?: readonly BackendName[];
  /** The parameters it takes, if they are not all of the metric's. */
  readonly params?: (record: MetricRecord) => z.ZodRawShape;
  /** The operation's own fields of the body, and the constraints between them. */
  readonly fields: z.ZodRawShape;
  /** Fields that may be omitted, depending on the metric. */
  readonly optional?: (record: MetricRecord) => readonly string[];
  readonly check?: (record: MetricRecord, body: Body, context: z.RefinementCtx) => void;
}

/** The fields of the body of an operation on a metric: the operation's own, the backend, and the metric's parameters. */
export function bodyShape(record: MetricRecord, operation: Asked): Record<string, z.ZodType> {
  const { params, backends = record.backends } = operation;
  const fields = fieldsOf(record, operation);
  const be = backendField(backends);
  // Records use zod's classic schemas, which zod's type of a shape does not keep.
  return { ...fields, be, ...(params?.(record) ?? record.params.shape) } as Record<string, z.ZodType>;
}

/** The body: its fields, and the constraints between them. */
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
