import { computedTile } from './compute-tile.ts';
import { isOfSurroundings } from './failed-tile.ts';
import type { Site } from './site.ts';
import { tiledJob } from './tiled-job.ts';

/** How many tiles are computed once more. */
const SAMPLE = 3;

/**
 * Whether this process cuts a job into the tiles that it has, and computes them to the same bits as whoever has computed those that are done: a few of them are computed once
 * more, and stored nowhere. Then it goes on with the job, and no tile is lost.
 *
 * @throws what is temporary: a failure of the store or the database; the reason of `abandoned`
 */
export async function findsTheSame(site: Site, id: string, abandoned: AbortSignal): Promise<boolean> {
  const { table, datasets, store } = site;
  const job = await table.get(id);
  if (job === undefined || job.tiles_done === 0) return false;
  const nowhere = { ...site, store: { ...store, put: async () => true } };
  try {
    const tiled = await tiledJob(datasets, job);
    if (tiled.tiling.count !== job.tiles) return false;
    for (const { tile, digest } of await table.someDone(id, SAMPLE)) {
      const again = await computedTile(nowhere, tiled, { job: id, tile }, abandoned);
      if (again.digest !== digest) return false;
    }
    return true;
  } catch (error) {
    if (abandoned.aborted || isOfSurroundings(error)) throw error;
    return false; // the request is not what this version accepts: the job will say so
  }
}
