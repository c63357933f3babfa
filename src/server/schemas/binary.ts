import { z } from 'zod';
import { FULL_ONLY } from '../document/json-only.ts';
import { typeName } from '../document/walk.ts';
import { NPY, NPZ } from '../http/media-types.ts';
import type { NamedType } from '../npz/named-types.ts';
import type { Placement } from './placement.ts';

// How the document describes bodies in NumPy's formats.

const file = (contentMediaType: string, description: string) => ({
  type: 'string' as const,
  format: 'binary',
  contentMediaType,
  description,
});

/** Any bytes. */
export const binary = z.unknown().meta({ type: 'string', format: 'binary' });

/** The body of a request as an .npz, and the parameters that go in the query with it. */
export function npzRequest({ arrays, scalars }: Placement) {
  const schema = file(
    NPZ,
    `A file written by \`numpy.savez\` or \`numpy.savez_compressed\`, with ${[...arrays].map(quoted).join(', ')} as arrays of real numbers. A series has shape (sz,) or (sz, d); a dataset has shape (n, sz) or (n, sz, d), or with ?layout=channels_first (d, sz) and (n, d, sz), with shorter series padded with NaN at the end. Every other field goes in the query.`,
  );
  return { schema, parameters: [...scalars].map(([name, field]) => parameter(name, field)) };
}

function parameter(name: string, field: z.ZodType) {
  const { description = '', ...schema } = inQuery(field);
  return {
    name,
    in: 'query',
    required: false,
    description: `${description}${description && ' '}(Only with a body in .npz.)`,
    schema: { ...(schema.enum && { 'x-name': typeName(name) }), ...schema, [FULL_ONLY]: true },
  };
}

/** What a field takes in a query: of a parameter that may also be an array, what it is otherwise. */
function inQuery(field: z.ZodType): z.core.JSONSchema.BaseSchema {
  const whole = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' }) as z.core.JSONSchema.BaseSchema;
  const { $schema: _, $defs, $ref, ...own } = whole;
  const { id: __, anyOf, oneOf, ...rest } = { ...own, ...$defs?.[$ref?.split('/').at(-1) ?? ''] };
  const scalar = [...(anyOf ?? []), ...(oneOf ?? [])].find((one) => typeof one === 'object' && isScalar(one));
  return typeof scalar === 'object' ? { ...scalar, ...rest } : { ...rest };
}

const isScalar = ({ type }: z.core.JSONSchema.BaseSchema): boolean =>
  type !== 'array' && type !== 'object' && type !== 'null';

/** A response as an .npz. */
export function npzAnswer(types: ReadonlyMap<string, NamedType>) {
  const lines = [...types].map(([name, type]) => {
    const { dtype, meaning } = type;
    return `- ${arrayName(name, type)}: ${dtype}${meaning ? `. ${meaning}` : ''}`;
  });
  const note = 'An array is present if the JSON response has its field.';
  return z.string().meta(file(NPZ, `Arrays for \`numpy.load\`:\n\n${lines.join('\n')}\n\n${note}`));
}

/** The name of an array in a response, or the first of its names. */
export const arrayName = (name: string, { numbered }: NamedType): string =>
  numbered ? `${quoted(`${name}_0`)}, ${quoted(`${name}_1`)}, ...` : quoted(name);

/** One matrix as an .npy. */
export const npyAnswer = (field: string) =>
  z.string().meta(file(NPY, `Only \`${field}\`, for \`numpy.load\`: float64, row-major`));

const quoted = (name: string): string => `\`${name}\``;
