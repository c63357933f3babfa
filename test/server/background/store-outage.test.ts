import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { type PostgresServer, startPostgres, withoutPostgres } from '../../support/start-postgres.ts';
import { startProcess } from '../../support/start-process.ts';
import { type S3Server, startFlakyProxy, startS3, withoutS3 } from '../../support/start-s3.ts';

const SERIES = Array.from({ length: 300 }, (_, k) => Array.from({ length: 150 }, (_value, i) => Math.sin(k + i / 7)));

describe('an outage of the store', { skip: withoutPostgres || withoutS3 }, () => {
  let postgres: PostgresServer;
  let s3: S3Server;
  let proxy: Awaited<ReturnType<typeof startFlakyProxy>>;
  let isOut = false;
  before(async () => {
    [postgres, s3] = await Promise.all([startPostgres(), startS3()]);
    proxy = await startFlakyProxy(s3, () => (isOut ? 'before' : undefined));
  });

  it('loses no tile that is computed, nor the job, and says what the server answered', async () => {
    const env = { ...proxy.env, DATABASE_URL: await postgres.database(), WORKERS: '1', TILE_MS: '20' };
    const service = await startProcess({ ...env, AWS_MAX_ATTEMPTS: '1', STORE_CACHE_BYTES: '0', LOG_LEVEL: 'warn' });
    const ask = (path: string, more: object = {}, headers: Record<string, string> = {}) =>
      fetch(`${service.url}${path}`, { headers: { 'content-type': 'application/json', ...headers }, ...more });
    const post = { method: 'POST', body: JSON.stringify({ dataset1: SERIES }) };
    const metric = async (name: string) =>
      Number(new RegExp(`^${name} (\\d+)`, 'm').exec(await (await ask('/metrics')).text())?.[1]);
    try {
      const { id } = (await (await ask('/dtw/cdist', post, { prefer: 'respond-async' })).json()) as { id: string };
      const job = async () =>
        (await (await ask(`/jobs/${id}`)).json()) as { status: string; progress: { tiles_done: number } };
      while ((await job()).progress.tiles_done < 2) await setTimeout(5);
      isOut = true;
      while ((await metric('warpserve_store_errors_total')) < 3) await setTimeout(20);
      assert.equal((await job()).status, 'running');
      isOut = false;
      while ((await job()).status !== 'succeeded') await setTimeout(20);
      assert.equal(await metric('warpserve_job_tiles_retried_total\\{reason="store"\\}'), 0);
      assert.equal(await (await ask(`/jobs/${id}/result`)).text(), await (await ask('/dtw/cdist', post)).text());
      const said = service.lines.filter((line) => line.includes('a tile of a job'));
      assert.ok(said.length > 0 && said.every((line) => line.includes('the server answered 500')), said.join('\n'));
    } finally {
      service.child.kill('SIGTERM');
      await service.ended;
    }
  });

  after(async () => {
    await proxy?.end();
    await Promise.all([s3?.end(), postgres?.end()]);
  });
});
