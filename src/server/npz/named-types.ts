import { z } from 'zod';

/** The type of an array in an .npz. */
export type Dtype = 'float64' | 'int64' | 'bool' | 'str';

/** An array in an .npz response: its type, and its meaning if the schema has a description. */
export interface NamedType {
  readonly dtype: Dtype;
  readonly meaning: string | undefined;
  /** Whether there is one for each object of a list, numbered from 0: lists may differ in length. */
  readonly numbered: boolean;
}

type Json = z.core.JSONSchema.BaseSchema;

/**
 * The arrays of a response, from its schema: a field of a nested object is `{object}_{field}`, and a list of objects becomes a column for
 * each field.
 */
export function namedTypes(answer: z.ZodType): ReadonlyMap<string, NamedType> {
  const found = new Map<string, NamedType>();
  const collect = (schema: Json, name: string, inList: boolean): void => {
    const fields = fieldsOf(schema);
    const isList = schema.type === 'array';
    if (fields !== undefined) {
      for (const [key, field] of Object.entries(fields)) collect(field, joined(name, key), isList);
    } else {
      found.set(name, { dtype: dtypeOf(schema), meaning: schema.description, numbered: inList && isList });
    }
  };
  collect(z.toJSONSchema(answer, { unrepresentable: 'any' }), '', false);
  return found;
}

export const joined = (name: string, key: string | number): string => (name === '' ? `${key}` : `${name}_${key}`);

/** The fields of an object, or of each object in a list. */
function fieldsOf({ properties, items }: Json): Record<string, Json> | undefined {
  if (properties !== undefined) return properties as Record<string, Json>;
  return items !== undefined && !Array.isArray(items) && typeof items === 'object'
    ? fieldsOf(items as Json)
    : undefined;
}

/** The type of the numbers in nested lists, or of the value itself. */
function dtypeOf(schema: Json): Dtype {
  const types = new Set<string>();
  const collect = ({ type, items, anyOf = [] }: Json): void => {
    for (const part of [items, ...anyOf]) if (typeof part === 'object' && !Array.isArray(part)) collect(part as Json);
    if (typeof type === 'string' && type !== 'array') types.add(type);
  };
  collect(schema);
  if (types.has('string')) return 'str';
  if (types.has('boolean')) return 'bool';
  return types.has('number') ? 'float64' : 'int64';
}
