import { destination } from 'pino';
import { WhenNeeded } from './when-needed.ts';

/**
 * Standard output for the log, one for all services of the process. Lines that come while others are being written are written together, because a
 * write takes longer than all else that a line needs. What ends the process writes what is left, unless it is killed.
 */
export const logLines = new WhenNeeded(() => destination({ dest: 1, sync: false, contentMode: 'buffer' }));

/** Hands lines to it as bytes: it would join texts, and count the bytes of all that wait for each line once more. */
export const asBytes = {
  // Pino passes on whatever this returns; its type only knows text.
  streamWrite: (line: string) => Buffer.from(line) as unknown as string,
};
