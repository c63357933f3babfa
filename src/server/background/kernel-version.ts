import { createHash } from 'node:crypto';
import { kernelBytes } from '../../core/server-door.ts';
import { version } from '../version.ts';

/** Which code computes: results of one job are of one version. */
export const kernelVersion = (): string =>
  `${version}-${createHash('sha256').update(kernelBytes()).digest('hex').slice(0, 12)}`;
