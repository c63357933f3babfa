import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { killedJob } from '../../support/killed-job.ts';
import { onEachDatabase } from '../../support/on-each-database.ts';
import { startProcess } from '../../support/start-process.ts';
import { startService } from '../../support/start-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

onEachDatabase('a job', (database) => {
  it('goes on by itself after the service was killed, and its result is the same to the last bit', async () => {
    const job = await killedJob(temporaryFolder(), 2, 400, 100, await database());
    const { doneAtKills, inHandAtKills, lost, same, tiles } = job;
    assert.ok(same);
    assert.equal(lost, 0);
    assert.ok(Math.max(...inHandAtKills) <= 1, `tiles in hand of one thread: ${inHandAtKills}`);
    assert.ok(doneAtKills[0] < tiles, `killed before its end: ${doneAtKills} of ${tiles}`);
  });

  it('is given back at SIGTERM, at once, and goes on after the next start', async () => {
    const folder = temporaryFolder();
    const env = { STORE_URL: `file:${folder}`, WORKERS: '1', LOG_LEVEL: 'warn', ...(await database()) };
    const long = Array.from({ length: 12_000 }, (_, i) => Math.sin(i / 7));
    const first = await startProcess(env);
    const asked = await fetch(`${first.url}/dtw`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', prefer: 'respond-async' },
      body: JSON.stringify({ s1: long, s2: long.toReversed() }),
    });
    const { id } = (await asked.json()) as { id: string };
    first.child.kill('SIGTERM');
    assert.equal(await first.ended, 0, first.lines.join('\n'));
    const second = await startProcess(env);
    try {
      for (let status = ''; status !== 'succeeded'; ) {
        ({ status } = (await (await fetch(`${second.url}/jobs/${id}`)).json()) as { status: string });
        assert.notEqual(status, 'failed');
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    } finally {
      second.child.kill('SIGTERM');
      await second.ended;
    }
  });
});

describe('the embedded database', () => {
  it('is refused to a second service, which says whose it is and serves everything else', async () => {
    const folder = temporaryFolder();
    const body = { s1: [1, 2], s2: [3] };
    const first = await startService({ STORE_URL: `file:${folder}` });
    const asked = await first.request.post('/dtw').set('prefer', 'respond-async').send(body);
    assert.equal(asked.status, 202);
    const second = await startService({ STORE_URL: `file:${folder}` });
    try {
      const refused = await second.request.post('/dtw').set('prefer', 'respond-async').send(body);
      assert.equal(refused.status, 503);
      assert.equal(refused.body.code, 'store_unavailable');
      assert.match(refused.body.detail, /is in use by another process/);
      assert.equal((await second.request.post('/dtw').send(body)).status, 200);
    } finally {
      await second.close();
      await first.close();
    }
  });

  const children = (pid = 0): string => `/proc/${pid}/task/${pid}/children`;
  it('is opened again when its process has ended, and a job goes on', { skip: !existsSync(children(1)) }, async () => {
    const service = await startProcess({ STORE_URL: `file:${temporaryFolder()}`, WORKERS: '1', LOG_LEVEL: 'warn' });
    try {
      const long = Array.from({ length: 25_000 }, (_, i) => Math.sin(i / 7));
      const asked = await fetch(`${service.url}/dtw`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', prefer: 'respond-async' },
        body: JSON.stringify({ s1: long, s2: long.toReversed() }),
      });
      const { id } = (await asked.json()) as { id: string };
      const [database] = readFileSync(children(service.child.pid), 'utf8').trim().split(' ').map(Number) as [number];
      process.kill(database, 'SIGKILL');
      for (let status = ''; status !== 'succeeded'; ) {
        const answer = await fetch(`${service.url}/jobs/${id}`);
        const found = (await answer.json()) as { status: string | number; code?: string };
        if (answer.ok) status = String(found.status);
        else assert.equal(found.code, 'store_unavailable', JSON.stringify(found));
        assert.notEqual(status, 'failed');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } finally {
      service.child.kill('SIGTERM');
      await service.ended;
    }
  });
});
