import { z } from 'zod';
import type { NamedType } from '../npz/named-types.ts';
import type { Placement } from './placement.ts';

// How the document describes bodies in NumPy's formats.

const file = (contentMediaType: string, description: string) => ({
  type: 'string' as const,
  format: 'binary',
  contentMediaType,
  description,
});

/** The body of a request as an .npz. */
export function npzRequest({ arrays, scalars }: Placement) {
  const words = [...scalars.keys()].map(quoted).join(', ');
  return file(
    'application/x-npz',
    `A file written by \`numpy.savez\` or \`numpy.savez_compressed\`, with ${[...arrays].map(quoted).join(', ')} as arrays of real numbers. A series has shape (sz,) or (sz, d); a dataset has shape (n, sz) or (n, sz, d), with shorter series padded with NaN at the end. Every other field goes in the query string, as ?name=value: ${words}.`,
  );
}

/** A response as an .npz. */
export function npzAnswer(types: ReadonlyMap<string, NamedType>) {
  const lines = [...types].map(
    ([name, { dtype, meaning }]) => `- ${quoted(name)}: ${dtype}${meaning ? `. ${meaning}` : ''}`,
  );
  const note =
    'Present if the JSON response has the field. Lists of different lengths are numbered from 0, as in `name_0`.';
  return z.string().meta(file('application/x-npz', `Arrays for \`numpy.load\`:\n\n${lines.join('\n')}\n\n${note}`));
}

/** One matrix as an .npy. */
export const npyAnswer = (field: string) =>
  z.string().meta(file('application/x-npy', `Only \`${field}\`, for \`numpy.load\`: float64, row-major`));

const quoted = (name: string): string => `\`${name}\``;
