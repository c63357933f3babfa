import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { withoutNamespaces } from '../support/machines.ts';
import { asked, startPostgres } from '../support/start-postgres.ts';
import { type ServiceProcess, startProcess } from '../support/start-process.ts';
import { startFlakyProxy, startS3 } from '../support/start-s3.ts';
import { type Account, accountOf } from './account.ts';
import { crash, killAgainAndAgain, partFor, stopFor } from './trouble.ts';
import { livesOf, logWork } from './work-log.ts';
import { kill, seconds, startWorker, type Worker } from './worker.ts';

/** What is computed, and what happens meanwhile. */
export interface Plan {
  readonly series: number;
  readonly steps: number;
  readonly tileMs: number;
  /** A worker is killed this often, and another one takes its place. */
  readonly killEveryMs: number;
  /** One worker is stopped for this long, and continues. */
  readonly stopMs: number;
  /** The link of another one is down for this long, where workers have machines of their own. */
  readonly partMs: number;
  /** Whether the same fleet computes the same matrix without trouble before. */
  readonly compares: boolean;
}

/** What came of it. */
export interface Outcome {
  /** Whether the result is, to the last bit, that of one process with the embedded database and a directory. */
  readonly same: boolean;
  readonly tiles: number;
  /** Rows of tiles that are done. */
  readonly rows: number;
  /** How many different tiles those are. */
  readonly distinct: number;
  readonly kills: number;
  /** Whether each worker was in a network namespace of its own, and one was parted from the others for a while; or why not. */
  readonly machines: 'own namespaces, one parted' | string;
  /** Workers that have computed tiles that count. */
  readonly workersThatCount: number;
  /** Tiles that were started elsewhere because their worker was slow. */
  readonly secondStarts: number;
  /** Requests to S3 that were answered 500, half of them although they were done. */
  readonly failedRequests: number;
  /** The time of threads in tiles that count. */
  readonly computeSeconds: number;
  readonly seconds: number;
  /** How long the same fleet took without trouble; 0 if it was not asked. */
  readonly undisturbedSeconds: number;
  readonly outageSeconds: number;
  readonly account: Account;
}

export const WORKERS = 4;

const BUCKET_CREDENTIALS = ['AWS_ENDPOINT_URL_S3', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION'];

/**
 * Computes the matrix of some series by four workers of one thread, which share PostgreSQL and S3 with a service, while workers are killed, one is stopped and
 * continued, one is parted from the others, PostgreSQL crashes once, and one request to S3 in ten fails. Where this process may, each worker is in a network
 * namespace of its own, which reaches PostgreSQL and S3 only.
 */
export async function troubledFleet(plan: Plan): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'warpserve-fleet-'));
  const [postgres, s3] = await Promise.all([startPostgres(), startS3()]);
  let isTroubled = false;
  const proxy = await startFlakyProxy(s3, (count) =>
    isTroubled && count % 10 === 9 ? (count % 20 === 9 ? 'before' : 'after') : undefined,
  );
  const database = await postgres.database();
  const env = {
    ...proxy.env,
    DATABASE_URL: database,
    WORKERS: '1',
    TILE_MS: String(plan.tileMs),
    STORE_CACHE: join(folder, 'cache'),
    LOG_LEVEL: 'error',
    MAX_BODY_BYTES: '200000000',
  };
  const worker = () => startWorker({ ...env, JOBS: 'compute' });
  const service = await startProcess({ ...env, JOBS: 'serve' });
  const workers = await Promise.all(Array.from({ length: WORKERS }, worker));
  const others: Worker[] = [];
  const over = new AbortController();
  try {
    await logWork(database);
    const undisturbedSeconds = plan.compares ? await undisturbed(service, plan) : 0;
    isTroubled = true;
    const started = seconds();
    const id = await submitted(service, plan);
    const [first, second] = workers as [Worker, Worker];
    others.push(...workers.splice(second.machine ? 2 : 1));
    const troubles = Promise.all([
      crash(postgres, 1.5 * plan.killEveryMs, plan.killEveryMs / 5),
      stopFor(first, plan.stopMs),
      partFor(second, plan.killEveryMs / 2, plan.partMs),
    ]);
    const killing = killAgainAndAgain(others, worker, plan.killEveryMs, over.signal);
    await ended(service, id);
    const end = seconds();
    over.abort();
    const kills = await killing;
    const [outageSeconds] = await troubles;
    await setTimeout(1000); // whatever the continued worker still records
    const [counts = {}] = await asked(
      database,
      `SELECT (SELECT tiles FROM warpserve.job WHERE id = '${id}') AS tiles, count(*)::integer AS rows, count(DISTINCT tile)::integer AS distinct,
       (SELECT count(*) FROM warpserve.second_start WHERE job = '${id}')::integer AS "secondStarts",
       sum(compute) / 1000 AS "computeSeconds", count(DISTINCT process)::integer AS "workersThatCount"
       FROM warpserve.tile_done WHERE job = '${id}'`,
    );
    const account = accountOf(await livesOf(database, id, [...workers, ...others]), end);
    const same = (await digestOfResult(service, id)) === (await byOneProcess(plan, join(folder, 'alone')));
    return {
      ...(counts as Pick<
        Outcome,
        'tiles' | 'rows' | 'distinct' | 'secondStarts' | 'computeSeconds' | 'workersThatCount'
      >),
      same,
      machines: withoutNamespaces || 'own namespaces, one parted',
      kills,
      failedRequests: proxy.failed(),
      seconds: end - started,
      undisturbedSeconds,
      outageSeconds,
      account,
    };
  } finally {
    over.abort();
    service.child.kill('SIGKILL');
    for (const one of [...workers, ...others]) if (one.killed === undefined) await kill(one);
    await proxy.end();
    await Promise.all([s3.end(), postgres.end()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long a job takes without trouble, in seconds. A small one comes first: tiles are cut by what was measured, for this job as for the next one. */
async function undisturbed(service: ServiceProcess, plan: Plan): Promise<number> {
  await ended(service, await submitted(service, { ...plan, series: Math.round(plan.series / 5) }));
  const started = seconds();
  await ended(service, await submitted(service, plan));
  return seconds() - started;
}

/** Without the variables of the fleet: one process, the embedded database, a directory. */
async function byOneProcess(plan: Plan, folder: string): Promise<string> {
  const none = Object.fromEntries([...BUCKET_CREDENTIALS, 'DATABASE_URL'].map((name) => [name, '']));
  const alone = await startProcess({
    ...none,
    STORE_URL: `file:${folder}`,
    TILE_MS: String(plan.tileMs),
    LOG_LEVEL: 'error',
    MAX_BODY_BYTES: '200000000',
  });
  try {
    const id = await submitted(alone, plan);
    await ended(alone, id);
    return await digestOfResult(alone, id);
  } finally {
    alone.child.kill('SIGTERM');
    await alone.ended;
  }
}

async function submitted({ url }: ServiceProcess, { series, steps }: Plan): Promise<string> {
  const dataset1 = Array.from({ length: series }, (_, k) =>
    Array.from(
      { length: steps },
      (_value, i) => Math.round(1e6 * Math.sin(k + (i * (k % 17)) / 9 + k / (i + 1))) / 1e6,
    ),
  );
  const answer = await fetch(`${url}/dtw/cdist`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'respond-async' },
    body: JSON.stringify({ dataset1 }),
  });
  const body = (await answer.json()) as { id: string };
  assert.equal(answer.status, 202, JSON.stringify(body));
  return body.id;
}

/** Follows a job until it has succeeded. During the outage of the database there is a 503. */
async function ended({ url }: ServiceProcess, id: string): Promise<void> {
  for (let status = ''; status !== 'succeeded'; await setTimeout(200)) {
    const answer = await fetch(`${url}/jobs/${id}`);
    const job = (await answer.json()) as { status: string };
    ({ status } = job);
    assert.ok(answer.status === 503 || ['queued', 'running', 'succeeded'].includes(status), JSON.stringify(job));
  }
}

async function digestOfResult({ url }: ServiceProcess, id: string): Promise<string> {
  const answer = await fetch(`${url}/jobs/${id}/result`, { headers: { accept: 'application/x-npy' } });
  assert.equal(answer.status, 200);
  const hash = createHash('sha256');
  for await (const piece of answer.body as ReadableStream<Uint8Array>) hash.update(piece);
  return hash.digest('hex');
}
