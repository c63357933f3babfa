// Finds out the version of the code that computes, and puts it where the service looks first.
import { mkdirSync, writeFileSync } from 'node:fs';
import { BUILT, type BuiltVersion, versionOfCode } from '../src/server/background/kernel-version.ts';
import { codeDigest } from '../src/server/code-digest.ts';

mkdirSync(new URL('.', BUILT), { recursive: true });
writeFileSync(BUILT, JSON.stringify({ code: codeDigest(), version: versionOfCode() } satisfies BuiltVersion));
