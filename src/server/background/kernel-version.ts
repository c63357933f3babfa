import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { codeDigest, digestOfCode } from '../code-digest.ts';

/** Where `npm run build` puts the version, with the digest of the code that has it: to find it out takes half a second. */
export const BUILT = new URL('../../../dist/kernel-version.json', import.meta.url);

/** A version, and the digest of the code that has it. */
export interface BuiltVersion {
  readonly code: string;
  readonly version: string;
}

let known: string | undefined;

/**
 * The version of the code that computes: a job's result comes from a single one, and a tile is the same part of it everywhere. It is a digest of what Node makes of the
 * code before it runs it, without types, comments and formatting: only a change of the code itself is another version.
 */
export function kernelVersion(): string {
  known ??= builtVersion() ?? versionOfCode();
  return known;
}

function builtVersion(): string | undefined {
  try {
    const { code, version } = JSON.parse(readFileSync(BUILT, 'utf8')) as BuiltVersion;
    return code === codeDigest() ? version : undefined;
  } catch {
    return undefined; // it was not built
  }
}

export function versionOfCode(): string {
  const warn = process.emitWarning;
  // Node says once that this is experimental: if what it prints changes, so does the version, and open jobs are looked at as after any other change.
  process.emitWarning = () => {};
  try {
    return digestOfCode((text) => stripTypeScriptTypes(text, { mode: 'transform' }));
  } catch {
    return codeDigest(); // a Node that only strips: to the letter
  } finally {
    process.emitWarning = warn;
  }
}
