import { setTimeout } from 'node:timers/promises';
import { Problem } from '../http/errors.ts';
import { type Memory, Share } from '../memory/memory.ts';

/** How long to wait before looking for room again. */
const AGAIN_MS = 100;

/**
 * Takes the memory of a tile, as soon as requests in flight leave room for it. End it when the tile is done.
 *
 * @throws Problem where it does not fit even when nothing else is there; the reason of `abandoned`
 */
export async function tileMemory(memory: Memory, bytes: number, abandoned: AbortSignal): Promise<Share> {
  for (;;) {
    abandoned.throwIfAborted();
    const share = new Share(memory);
    try {
      share.grow(bytes, 'too_many_cells');
      return share;
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'memory_full')) throw error;
    }
    await setTimeout(AGAIN_MS);
  }
}
