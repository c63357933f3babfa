import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** One line of the file. */
const entry = z
  .strictObject({
    name: z.string().regex(/^[\w.-]{1,64}$/, 'a name has 1 to 64 letters, digits, dots, hyphens or underscores'),
    key: z
      .string()
      .regex(/^[!-~]+$/, 'a key has visible ASCII characters only, and no space')
      .optional(),
    sha256: z
      .string()
      .regex(/^[\da-f]{64}$/, 'the SHA-256 of a key has 64 hex digits in lower case')
      .optional(),
    requests_per_minute: z.number().int().min(0).optional(),
    share: z.number().min(0.01).max(100).default(1),
  })
  .refine(({ key, sha256 }) => (key === undefined) !== (sha256 === undefined), 'give either key or sha256')
  .transform(({ key = '', sha256 = createHash('sha256').update(key).digest('hex'), ...rest }) => ({ ...rest, sha256 }));

/** A key as in the file. */
export type FileKey = Readonly<z.output<typeof entry>>;

/**
 * Reads the keys of a file: one JSON object per line. Empty lines and those that start with # are comments.
 *
 * @throws Error that names the line, never its content
 */
export function readKeyFile(path: string): FileKey[] {
  const lines = readFileSync(path, 'utf8').split(/\r?\n/);
  const keys: FileKey[] = [];
  for (const [at, line] of lines.entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const key = parse(line, at + 1);
    const twice = keys.find(({ name, sha256 }) => name === key.name || sha256 === key.sha256);
    if (twice) throw new Error(`line ${at + 1} repeats the name or the key of ${twice.name}`);
    keys.push(key);
  }
  if (keys.length === 0) throw new Error('it has no key');
  return keys;
}

function parse(line: string, number: number): FileKey {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error(`line ${number} is not a JSON object`);
  }
  const { data, error } = entry.safeParse(value);
  if (data) return data;
  const [{ path, message } = { path: [], message: '' }] = error?.issues ?? [];
  throw new Error(`line ${number}: ${[...path.map(String), message].join(': ')}`);
}
