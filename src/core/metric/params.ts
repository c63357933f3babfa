import type { z } from 'zod';
import { InvalidInput } from '../errors.ts';
import type { Layout } from '../input/layout.ts';
import { nearestName } from '../input/nearest-name.ts';
import type { Constraint } from './band.ts';
import type { MetricRecord } from './record.ts';

/** A metric's parameters after validation, defaults filled in. */
export type Params = Constraint & { readonly compute_with_backend: boolean } & Readonly<Record<string, unknown>>;

/** @throws InvalidInput for the first parameter that the record's schema rejects */
export const readParams = (record: MetricRecord, params: object): Params =>
  checked(record.params, params, record.name) as unknown as Params;

/**
 * Parameters as given, those in the shape of a series turned to time first. What is not a table of numbers that are 0 or more is left for the
 * schema to refuse, at the place where the caller wrote it.
 */
export function paramsIn<P extends object>(
  layout: Layout | undefined,
  { paramsLikeSeries = [] }: Pick<MetricRecord, 'paramsLikeSeries'>,
  given: P,
): P {
  if (layout !== 'channels_first') return given;
  const turned = paramsLikeSeries.flatMap((name) => {
    const rows: unknown = Reflect.get(given, name);
    return isTable(rows) ? [[name, rows[0].map((_, at) => rows.map((row) => row[at]))]] : [];
  });
  return { ...given, ...Object.fromEntries(turned) };
}

const isTable = (rows: unknown): rows is [number[], ...number[][]] =>
  Array.isArray(rows) &&
  rows.length > 0 &&
  rows.every(
    (row) =>
      Array.isArray(row) &&
      row.length > 0 &&
      row.length === rows[0].length &&
      row.every((x) => typeof x === 'number' && x >= 0),
  );

/** Parses parameters with a schema. @throws InvalidInput for the first that it rejects */
export function checked<S extends z.ZodType>(schema: S, params: object, name: string): z.output<S> {
  const result = schema.safeParse(withoutUndefined(params));
  if (result.success) return result.data;
  const issue = result.error.issues[0] as z.core.$ZodIssue;
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') throw unknownParameter(issue.keys[0] as string, schema, name);
  throw new InvalidInput(`${path.join('/') || name}: ${issue.message}`, path);
}

function unknownParameter(key: string, schema: z.ZodType, name: string): InvalidInput {
  const known = 'shape' in schema ? Object.keys(schema.shape as object) : [];
  const near = nearestName(key, known);
  const advice = near === undefined ? `use ${known.join(', ') || 'none'}` : `did you mean "${near}"?`;
  return new InvalidInput(`${name} has no parameter "${key}": ${advice}`, [key]);
}

const withoutUndefined = (params: object): object =>
  Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
