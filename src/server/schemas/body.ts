import { z } from 'zod';
import { LAYOUTS, type MetricRecord, paramsIn } from '../../core/server-door.ts';
import { eachUnknown } from '../http/unknown-keys.ts';
import type { Asked } from './asked.ts';
import { backendField, Given, gridKindOf, layoutField } from './series.ts';
import { unknownField } from './unknown-field.ts';

/** The fields of the body of an operation on a metric: the operation's own, the backend, the layout, and the metric's parameters. */
export function bodyShape(record: MetricRecord, operation: Asked): Record<string, z.ZodType> {
  const { params, backends = record.backends } = operation;
  const fields = fieldsOf(record, operation);
  const be = backendField(backends);
  // Records use zod's classic schemas, which zod's type of a shape does not keep.
  return { ...fields, be, layout: layoutField, ...(params?.(record) ?? record.params.shape) } as Record<
    string,
    z.ZodType
  >;
}

/** The body: its fields, and the constraints between them. */
export function bodySchema(record: MetricRecord, operation: Asked): z.ZodType {
  const { check } = operation;
  const shape = bodyShape(record, operation);
  const known = Object.keys(shape);
  const body = z.strictObject(shape, { error: eachUnknown((key) => unknownField(key, record, operation, known)) });
  const checked = check ? body.superRefine((value, context) => check(record, value, context)) : body;
  const arrays = new Set(known.filter((name) => gridKindOf(shape[name] as z.ZodType) !== undefined));
  return z.preprocess((value) => named(value, arrays, record), checked);
}

/** A body whose series and datasets know their field name and layout, and whose parameters have time first. */
function named(body: unknown, arrays: ReadonlySet<string>, record: MetricRecord): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const layout = ('layout' in body ? layoutField.safeParse(body.layout).data : undefined) ?? LAYOUTS[0];
  const turned: Record<string, unknown> = { ...(layout === LAYOUTS[0] ? body : paramsIn(layout, record, body)) };
  for (const name of arrays) {
    const value = turned[name];
    if (value !== undefined) turned[name] = new Given(name, value, layout);
  }
  return turned;
}

function fieldsOf(record: MetricRecord, { fields, optional, without }: Asked): z.ZodRawShape {
  const left = optional?.(record) ?? [];
  const none = without?.(record) ?? [];
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !none.includes(name))
      .map(([name, field]) => [name, left.includes(name) ? z.optional(field) : field]),
  );
}
