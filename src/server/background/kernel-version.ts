import { createHash } from 'node:crypto';
import { kernelBytes } from '../../core/server-door.ts';
import { version } from '../version.ts';

/** The version of the code that computes: a job's result comes from a single version. */
export const kernelVersion = (): string =>
  `${version}-${createHash('sha256').update(kernelBytes()).digest('hex').slice(0, 12)}`;
