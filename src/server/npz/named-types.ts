import { z } from 'zod';

/** What an array of an .npz holds. */
export type Dtype = 'float64' | 'int64' | 'bool' | 'str';

/** An array that an answer has as an .npz: what it holds, and what it means where the schema says so. */
export interface NamedType {
  readonly dtype: Dtype;
  readonly meaning: string | undefined;
}

type Json = z.core.JSONSchema.BaseSchema;

/**
 * The arrays that an answer comes to, from its schema: a field of an object within is `{object}_{field}`, and a list of objects is a column for
 * each field.
 */
export function namedTypes(answer: z.ZodType): ReadonlyMap<string, NamedType> {
  const found = new Map<string, NamedType>();
  const collect = (schema: Json, name: string): void => {
    const fields = fieldsOf(schema);
    if (fields === undefined) found.set(name, { dtype: dtypeOf(schema), meaning: schema.description });
    else for (const [key, field] of Object.entries(fields)) collect(field, joined(name, key));
  };
  collect(z.toJSONSchema(answer, { unrepresentable: 'any' }), '');
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

/** What the numbers of nested lists are, or the value itself is. */
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
