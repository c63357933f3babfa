import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kernelBytes } from '../../core/server-door.ts';
import { version } from '../version.ts';

/** What computes, and what cuts a job into tiles. */
const SOURCES = ['../../core', '../operations'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));

let known: string | undefined;

/** The version of the code that computes, by its content: a job's result comes from a single one, and a tile is the same part of it everywhere. */
export function kernelVersion(): string {
  known ??= `${version}-${digestOfCode()}`;
  return known;
}

function digestOfCode(): string {
  const hash = createHash('sha256').update(kernelBytes());
  for (const folder of SOURCES) {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((name) => name.endsWith('.ts')).sort())
      hash.update(file.replaceAll(sep, '/')).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
