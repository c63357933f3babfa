import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelBytes } from '../core/server-door.ts';

/** What computes, and what cuts a job into tiles. */
const SOURCES = ['../core', './operations'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));

/** The code that computes, as text: each file's name, and what is in it. */
export function* codeFiles(): Generator<readonly [name: string, text: string]> {
  for (const folder of SOURCES) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.ts')).sort())
      yield [file.replaceAll(sep, '/'), readFileSync(join(folder, file), 'utf8')];
  }
}

let known: string | undefined;

/** A digest of the code that computes, to the letter. */
export function codeDigest(): string {
  if (known === undefined) {
    const hash = createHash('sha256').update(kernelBytes());
    for (const [name, text] of codeFiles()) hash.update(name).update(text);
    known = hash.digest('hex').slice(0, 12);
  }
  return known;
}
