import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { startProcess } from './start-process.ts';

/** How a job went whose service was killed again and again. */
export interface KilledJob {
  /** Tiles that were done at each kill. */
  readonly doneAtKills: readonly number[];
  /** Tiles that were in hand at each kill: those that may have to be computed twice. */
  readonly inHandAtKills: readonly number[];
  /** Tiles that were done after a kill, and not after the start that followed it. */
  readonly lost: number;
  /** Whether its result is, to the last bit, what the service answers directly. */
  readonly same: boolean;
  readonly tiles: number;
}

/**
 * Runs the matrix of some series with themselves as a job of a service of its own, ends the service with SIGKILL at random moments, and starts it
 * again each time.
 *
 * @param folder where the store is
 * @param series steps of sine waves
 * @param more variables of the service
 */
export async function killedJob(
  folder: string,
  kills: number,
  count: number,
  steps: number,
  more: Record<string, string> = {},
): Promise<KilledJob> {
  const env = { STORE_URL: `file:${folder}`, WORKERS: '1', TILE_MS: '1', LOG_LEVEL: 'warn', ...more };
  const dataset1 = Array.from({ length: count }, (_, k) =>
    Array.from({ length: steps + (k % 7) }, (_value, i) => Math.sin(k + (i * (k + 1)) / 9)),
  );
  const request = { method: 'POST', body: JSON.stringify({ dataset1 }) };
  const headers = { 'content-type': 'application/json' };
  let service = await startProcess(env);
  const answer = await fetch(`${service.url}/dtw/cdist`, {
    ...request,
    headers: { ...headers, prefer: 'respond-async' },
  });
  assert.equal(answer.status, 202, await answer.clone().text());
  const { id } = (await answer.json()) as { id: string };
  const job = async () =>
    (await (await fetch(`${service.url}/jobs/${id}`)).json()) as {
      status: string;
      progress: { tiles: number; tiles_done: number };
    };
  const doneAtKills: number[] = [];
  const inHandAtKills: number[] = [];
  let lost = 0;
  const inHand = async () =>
    Number(/^warpserve_job_tiles_in_hand (\d+)/m.exec(await (await fetch(`${service.url}/metrics`)).text())?.[1]);
  for (let kill = 0; kill < kills; kill++) {
    const { tiles_done } = (await job()).progress;
    while ((await job()).progress.tiles_done === tiles_done && (await job()).status !== 'succeeded')
      await setTimeout(5);
    await setTimeout(Math.random() * 400);
    inHandAtKills.push(await inHand());
    const done = (await job()).progress.tiles_done;
    doneAtKills.push(done);
    service.child.kill('SIGKILL');
    await once(service.child, 'exit');
    service = await startProcess(env);
    lost += Math.max(0, done - (await job()).progress.tiles_done);
  }
  try {
    for (let status = ''; status !== 'succeeded'; ) {
      await setTimeout(100);
      ({ status } = await job());
      assert.ok(['queued', 'running', 'succeeded'].includes(status), status);
    }
    const accept = { accept: 'application/x-npy' };
    const result = await (await fetch(`${service.url}/jobs/${id}/result`, { headers: accept })).arrayBuffer();
    const direct = await fetch(`${service.url}/dtw/cdist`, { ...request, headers: { ...headers, ...accept } });
    return {
      doneAtKills,
      inHandAtKills,
      lost,
      same: Buffer.from(result).equals(Buffer.from(await direct.arrayBuffer())),
      tiles: (await job()).progress.tiles,
    };
  } finally {
    service.child.kill('SIGTERM');
    await service.ended;
  }
}
