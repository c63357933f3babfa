import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import type { PostgresServer } from '../support/start-postgres.ts';
import { kill, seconds, type Worker } from './worker.ts';

/** Stops a worker for a while, without telling it. */
export async function stopFor({ child, away }: Worker, ms: number): Promise<void> {
  await setTimeout(ms / 10);
  const time = { from: seconds(), to: Number.POSITIVE_INFINITY };
  away.push(time);
  child.kill('SIGSTOP');
  await setTimeout(ms);
  child.kill('SIGCONT');
  time.to = seconds();
}

/** Cuts a worker off from everything for a while, and makes sure that it is. */
export async function partFor({ machine, url, away }: Worker, afterMs: number, ms: number): Promise<void> {
  if (machine === undefined) return;
  await setTimeout(afterMs);
  const time = { from: seconds(), to: Number.POSITIVE_INFINITY };
  away.push(time);
  await machine.cut();
  await assert.rejects(fetch(`${url}/livez`, { signal: AbortSignal.timeout(1000) }));
  await setTimeout(ms);
  await machine.mend();
  time.to = seconds();
}

/** Lets PostgreSQL crash, and starts it again after a while. @returns for how many seconds it was away */
export async function crash(postgres: PostgresServer, afterMs: number, ms: number): Promise<number> {
  await setTimeout(afterMs);
  const from = seconds();
  await postgres.stop();
  await setTimeout(ms);
  await postgres.start();
  return seconds() - from;
}

/**
 * Kills one worker after the other, each in the middle of something, and starts another one in its place.
 *
 * @param workers those that may be killed; the new ones are added to it
 * @returns how many it has killed
 */
export async function killAgainAndAgain(
  workers: Worker[],
  start: () => Promise<Worker>,
  everyMs: number,
  signal: AbortSignal,
): Promise<number> {
  let kills = 0;
  while (!signal.aborted) {
    await setTimeout(everyMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) break;
    const victim = workers.find(({ killed }) => killed === undefined) as Worker;
    await kill(victim);
    kills++;
    workers.push(await start());
    victim.replaced = seconds();
  }
  return kills;
}
