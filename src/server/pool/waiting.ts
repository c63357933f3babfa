import type { Caller } from './call.ts';
import type { Thread } from './thread.ts';

/** A job that takes at least this many milliseconds is long: others would notice waiting for it. */
const LONG_MS = 20;

/** No job counts for more than this in the order, however long it is, so that it does not wait forever. */
export const MOST_MS = 250;

/** A job waiting for a thread, or running. */
export interface Waiting {
  /** How long it will take, in milliseconds. */
  readonly ms: number;
  /** What it counts as in the queue. */
  readonly cells: number;
  readonly caller: Caller;
  /** Whether nobody waits for it now: it may hold every thread, since whoever asks interrupts it at once. */
  readonly background?: boolean | undefined;
  readonly start: (thread: Thread<Waiting>) => void;
}

export const isLong = ({ ms }: Pick<Waiting, 'ms'>): boolean => ms >= LONG_MS;
