import { getHeapStatistics } from 'node:v8';
import { collect } from './collect.ts';

/** What a thread may have besides what it used after it was last tidied. */
export const SLACK = 64 * 2 ** 20;
/** How often it is looked at. */
const EVERY_MS = 20;

let looked = Number.NEGATIVE_INFINITY;
let kept = 0;
let uncounted = 0;

/**
 * Collects this thread's garbage once there is much of it. Memory that a request has given back is only free when it is collected, and V8 by itself lets
 * the heap grow to several times what is used.
 *
 * @param released bytes that have been let go since the last call, of memory that V8 does not count
 * @param slack what it may have instead of 64 MiB, where everybody would wait for it
 */
export function tidy(released = 0, slack = SLACK): void {
  uncounted += released;
  const now = performance.now();
  if (now - looked < EVERY_MS && uncounted < slack) return;
  looked = now;
  if (taken() + uncounted < kept + slack) return;
  uncounted = 0;
  collect('regular');
  kept = taken();
}

function taken(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}
