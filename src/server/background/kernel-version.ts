import { codeDigest } from '../code-digest.ts';
import { version } from '../version.ts';

/** The version of the code that computes, by its content: a job's result comes from a single one, and a tile is the same part of it everywhere. */
export const kernelVersion = (): string => `${version}-${codeDigest()}`;
