import { z } from 'zod';
import type { MetricRecord } from '../../core/server-door.ts';
import type { Asked } from './asked.ts';
import { bodyShape } from './body.ts';
import type { GridFields } from './resolved.ts';
import { gridKindOf } from './series.ts';

/** Where a field of the body is if the body is an .npz: scalars in the query, arrays in the file. */
export interface Placement {
  readonly arrays: ReadonlySet<string>;
  /** A parameter that may be either is in both. */
  readonly scalars: ReadonlyMap<string, z.ZodType>;
  /** Those that hold a series or a data set: a stored one may be named instead. */
  readonly grids: GridFields;
}

/** The fields of an operation on a metric, by where they are in an .npz request. */
export function placementOf(record: MetricRecord, operation: Asked): Placement {
  const key = `${record.name}${operation.suffix}`;
  const known = placements.get(key);
  if (known) return known;
  const fields = Object.entries(bodyShape(record, operation));
  const found = {
    arrays: new Set(fields.filter(([, field]) => typesOf(field).has('array')).map(([name]) => name)),
    grids: new Map(
      fields.flatMap(([name, field]) => {
        const kind = gridKindOf(field);
        return kind === 'series' || kind === 'dataset' ? [[name, kind] as const] : [];
      }),
    ),
    scalars: new Map(fields.filter(([, field]) => SCALARS.some((type) => typesOf(field).has(type)))),
  };
  placements.set(key, found);
  return found;
}

const placements = new Map<string, Placement>();

/** The value of a query text for a field; the text itself if it has none, so that the schema rejects it. */
export function scalarOf(text: unknown, field: z.ZodType): unknown {
  if (typeof text !== 'string') return text;
  const types = typesOf(field);
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  if (isNumber && (types.has('number') || types.has('integer'))) return Number(text);
  return types.has('boolean') ? (TRUTHS.get(text.toLowerCase()) ?? text) : text;
}

/** In lower case, because Python writes True. */
const TRUTHS = new Map([
  ['true', true],
  ['false', false],
]);

const SCALARS = ['number', 'integer', 'boolean', 'string'];

/** The JSON types that a field takes. */
function typesOf(field: z.ZodType): Set<string> {
  const kind = gridKindOf(field);
  if (kind !== undefined) return new Set(kind === 'dataset' ? ['array', 'string'] : ['array']);
  const found = new Set<string>();
  const collect = ({ type, anyOf = [] }: z.core.JSONSchema.BaseSchema): void => {
    for (const one of [type ?? []].flat()) found.add(one);
    for (const one of anyOf) if (typeof one === 'object') collect(one);
  };
  collect(z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' }));
  return found;
}
