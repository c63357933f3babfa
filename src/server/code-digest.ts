import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelBytes } from '../core/server-door.ts';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
/** What computes, and what cuts a job into tiles; and in it, what only users of the library have, and what the kernels are compiled from. */
const FOLDERS = ['core', 'server/operations'];
const APART = /^core\/(index\.ts$|tslearn\/|kernels\/assembly\/)/;
/** Libraries that compute. */
const LIBRARIES = /^(numpy-ts|@tensorflow\/.*)$/;

/** The code that computes, as text, by name: the kernels apart from the rest. */
function codeThatComputes(): { readonly kernels: Uint8Array; readonly texts: readonly (readonly string[])[] } {
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as Record<'dependencies' | 'optionalDependencies', Record<string, string>>;
  const libraries = Object.entries({ ...dependencies, ...optionalDependencies }).filter(([name]) =>
    LIBRARIES.test(name),
  );
  const names = FOLDERS.flatMap((folder) =>
    readdirSync(join(SOURCE, folder), { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name.replaceAll(sep, '/')}`,
    ),
  ).filter((name) => name.endsWith('.ts') && !APART.test(name));
  return {
    kernels: kernelBytes(),
    texts: [...libraries, ...names.sort().map((name) => [name, readFileSync(join(SOURCE, name), 'utf8')])],
  };
}

let known: string | undefined;

/** A digest of the code that computes, to the letter. */
export function codeDigest(): string {
  known ??= digestOfCode((text) => text);
  return known;
}

/** A digest of the code that computes, each file as `read` reads it. */
export function digestOfCode(read: (text: string) => string): string {
  const { kernels, texts } = codeThatComputes();
  const hash = createHash('sha256').update(kernels);
  for (const [name = '', text = ''] of texts) hash.update(name).update(name.endsWith('.ts') ? read(text) : text);
  return hash.digest('hex').slice(0, 16);
}
