import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { nginxPath, startNginx } from '../support/start-nginx.ts';
import { startPostgres, withoutPostgres } from '../support/start-postgres.ts';
import { startProcess } from '../support/start-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SERIES = Array.from({ length: 400 }, (_, k) => Array.from({ length: 200 }, (_value, i) => Math.sin(k + i / 9)));
const skip =
  withoutPostgres || (nginxPath === undefined && 'needs nginx, which is not installed: apt-get install nginx-light');

const post = (url: string, headers: Record<string, string>) =>
  fetch(`${url}/dtw/cdist`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ dataset1: SERIES }),
  });

async function submitted(url: string): Promise<string> {
  const answer = await post(url, { prefer: 'respond-async' });
  assert.equal(answer.status, 202);
  return ((await answer.json()) as { id: string }).id;
}

async function jobAt(url: string, id: string) {
  const answer = await fetch(`${url}/jobs/${id}`);
  assert.equal(answer.status, 200);
  return (await answer.json()) as { status: string; progress: { tiles_done: number; tiles: number } };
}

async function resultAt(url: string, id: string): Promise<Buffer> {
  const answer = await fetch(`${url}/jobs/${id}/result`, { headers: { accept: 'application/x-npy' } });
  assert.equal(answer.status, 200);
  return Buffer.from(await answer.arrayBuffer());
}

describe('two services behind nginx, which share PostgreSQL and a store', { skip }, () => {
  it('have the same jobs: one that is submitted at one is followed and read at the other, and outlives either', async () => {
    const postgres = await startPostgres();
    const env = {
      DATABASE_URL: await postgres.database(),
      STORE_URL: `file:${temporaryFolder()}`,
      WORKERS: '1',
      TILE_MS: '200',
      LOG_LEVEL: 'error',
    };
    const services = [await startProcess(env), await startProcess(env)] as const;
    const nginx = await startNginx([services[0].url, services[1].url, services[0].url]);
    let [first, second] = services;
    /** Follows a job through nginx, which skips a service that is gone. For some seconds it takes one that is back for one that is gone. */
    const succeeded = async (id: string): Promise<void> => {
      for (let status = ''; status !== 'succeeded'; await setTimeout(50)) {
        const answer = await fetch(`${nginx.url}/jobs/${id}`);
        if (answer.status === 502) continue;
        assert.equal(answer.status, 200);
        ({ status } = (await answer.json()) as { status: string });
        assert.ok(['queued', 'running', 'succeeded'].includes(status), status);
      }
    };
    /** Kills a service in the middle of a job. */
    const killed = async (one: typeof first, id: string): Promise<void> => {
      while ((await jobAt(nginx.url, id)).progress.tiles_done === 0) await setTimeout(5);
      const { status } = await jobAt(nginx.url, id);
      assert.equal(status, 'running');
      one.child.kill('SIGKILL');
      await once(one.child, 'exit');
    };
    try {
      const direct = Buffer.from(await (await post(second.url, { accept: 'application/x-npy' })).arrayBuffer());
      const one = await submitted(first.url);
      assert.equal((await jobAt(second.url, one)).status === 'failed', false);
      await killed(first, one);
      await succeeded(one);
      assert.ok((await resultAt(second.url, one)).equals(direct));

      first = await startProcess({ ...env, PORT: new URL(first.url).port });
      const two = await submitted(second.url);
      await killed(second, two);
      await succeeded(two);
      assert.ok((await resultAt(first.url, two)).equals(direct));
      assert.ok((await resultAt(nginx.url, one)).equals(direct));
      second = await startProcess({ ...env, PORT: new URL(second.url).port });
      assert.equal((await jobAt(second.url, two)).status, 'succeeded');
    } finally {
      await nginx.stop();
      for (const { child, ended } of [first, second]) {
        child.kill('SIGTERM');
        await ended;
      }
      await postgres.end();
    }
  });
});
