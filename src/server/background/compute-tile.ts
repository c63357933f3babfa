import { setTimeout } from 'node:timers/promises';
import { DatabaseFailure } from '../database/database.ts';
import { bytesToCompute, compute } from '../operations/answer.ts';
import { kindOf } from '../operations/kind.ts';
import { StoreFailure } from '../store/store.ts';
import { AnswerFiles } from './answer-files.ts';
import type { JobSpeeds } from './job-speeds.ts';
import type { JobsAtHand } from './jobs-at-hand.ts';
import { LEAST_SHARE } from './least-share.ts';
import { BETWEEN_BLOCKS, MatrixFiles } from './matrix-files.ts';
import type { Claim } from './queue.ts';
import { recordTile, type TileDone } from './record-tile.ts';
import { type Site, type TileRun, warnOfTile } from './site.ts';
import { tileMemory } from './tile-memory.ts';
import type { TiledJob } from './tiled-job.ts';

/** How long to try to store and record a tile that is computed, and how long to wait in between. */
const OUTAGE_MS = 60_000;
const AGAIN_MS = 2000;

/** Computes a tile, stores its answer and records it. @throws what failed; the reason of `abandoned` */
export async function computeTile(
  site: Site,
  { jobs, speeds }: { readonly jobs: JobsAtHand; readonly speeds: JobSpeeds },
  claim: Claim,
  abandoned: AbortSignal,
): Promise<void> {
  abandoned.throwIfAborted();
  const { metric, backend, ...done } = await computedTile(site, await jobs.get(claim.job), claim, abandoned);
  speeds.took(claim.job, done.cells, done.compute);
  if (await recorded(site, claim, done, abandoned)) {
    const { digest, ...run } = done;
    site.computed({ job: claim.job, metric, backend, ...run });
  }
}

/** Computes a tile and stores its answer. @throws what failed; the reason of `abandoned` */
export async function computedTile(
  site: Site,
  job: TiledJob,
  claim: Pick<Claim, 'job' | 'tile'>,
  abandoned: AbortSignal,
): Promise<TileDone & Pick<TileRun, 'metric' | 'backend'>> {
  const { pool, memory, datasets, config } = site;
  const { record, operation, tiling, query } = job;
  const requests = tiling.bodies(claim.tile).map((body) => ({ body, plan: operation.plan(record, body, query) }));
  const [{ body }] = requests as [(typeof requests)[0]];
  const timing = { metric: record.name, backend: body.be, cells: 0, queue: 0, compute: 0 };
  const caller = { id: `job of ${job.owner}`, share: LEAST_SHARE };
  const call = { kind: kindOf(record, operation, body, query), abandoned, timing, background: true, caller };
  const started = performance.now();
  const bytes = requests.map(({ body, plan }) => bytesToCompute(plan.price, body, config.WORKERS));
  const share = await tileMemory(memory, Math.max(...bytes), abandoned);
  try {
    for (const content of job.digests) await datasets.byDigest(content, share);
    const digests: string[] = [];
    for (const { plan } of requests) {
      const answer = await compute(operation, plan, pool, call);
      const store = () => stored(site, claim, digests.length, job, answer);
      digests.push(await outlasting(site, store, abandoned));
    }
    const { queue: _, ...took } = timing;
    return { tile: claim.tile, ...took, ms: performance.now() - started, digest: digests.join(BETWEEN_BLOCKS) };
  } finally {
    share.end();
  }
}

/** Stores the response of a request of a tile. @returns its digest */
function stored(
  { store }: Site,
  { job: id, tile }: Pick<Claim, 'job' | 'tile'>,
  at: number,
  { tiling, operation }: TiledJob,
  answer: object,
): Promise<string> {
  if (tiling.matrix === undefined) return new AnswerFiles(store, id).put(tile, answer);
  const block = tiling.matrix.blocks(tile)[at] as readonly [number, number];
  return new MatrixFiles(store, id, tiling.matrix).put(block, matrixOf(operation.matrix as string, answer));
}

function matrixOf(name: string, answer: object): Float64Array {
  const { data } = Reflect.get(answer, name) as { data: Float64Array };
  return data;
}

/** Its file is stored: now the tile counts, if it is still wanted and nobody was faster. */
async function recorded(site: Site, claim: Claim, done: TileDone, abandoned: AbortSignal): Promise<boolean> {
  const { database, table, queue, process } = site;
  const counted = await outlasting(site, () => recordTile(database.query, claim, done, process), abandoned);
  // A statement of its own: the other one does not see what others record at the same time.
  if (counted && (await queue.isEmpty(claim.job))) await table.succeed(claim.job);
  return counted;
}

/** What was computed is not lost to an outage of the store or the database. If the last attempt did get through, the next one changes nothing. */
async function outlasting<T>(site: Site, run: () => Promise<T>, abandoned: AbortSignal): Promise<T> {
  const deadline = performance.now() + OUTAGE_MS;
  for (;;) {
    try {
      return await run();
    } catch (error) {
      const isOutage = error instanceof DatabaseFailure || error instanceof StoreFailure;
      if (!isOutage || abandoned.aborted || performance.now() > deadline) throw error;
      warnOfTile(site, error);
    }
    await setTimeout(AGAIN_MS, undefined, { signal: abandoned }).catch(() => {}); // once more, and no longer
  }
}
