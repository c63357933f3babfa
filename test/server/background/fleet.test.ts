import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { TileQueue } from '../../../src/server/background/queue.ts';
import { recordTile } from '../../../src/server/background/record-tile.ts';
import { openPostgres } from '../../../src/server/database/postgres.ts';
import { asked, type PostgresServer, startPostgres, withoutPostgres } from '../../support/start-postgres.ts';
import { type ServiceProcess, startProcess } from '../../support/start-process.ts';
import { type Service, startService } from '../../support/start-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const wave = (n: number, k: number) => Array.from({ length: n }, (_, i) => Math.sin(k + (i * (k + 1)) / 9));
const SERIES = Array.from({ length: 60 }, (_, k) => wave(90, k));

describe('a service and workers that share PostgreSQL and a store', { skip: withoutPostgres }, () => {
  let server: PostgresServer;
  before(async () => {
    server = await startPostgres();
  });

  /** A service that only serves, and a way to start workers. */
  async function withFleet(
    use: (fleet: Awaited<ReturnType<typeof start>>) => Promise<void>,
    env: Record<string, string> = {},
  ): Promise<void> {
    const fleet = await start(env);
    try {
      await use(fleet);
    } finally {
      for (const { child, ended, lines } of fleet.workers) {
        child.kill('SIGCONT');
        child.kill('SIGTERM');
        assert.equal(await ended, 0, lines.join('\n'));
      }
      await fleet.service.close();
    }
  }

  async function start(env: Record<string, string>) {
    const database = await server.database();
    const all = { DATABASE_URL: database, STORE_URL: `file:${temporaryFolder()}`, TILE_MS: '10', WORKERS: '1', ...env };
    const service = await startService({ ...all, JOBS: 'serve' });
    const workers: ServiceProcess[] = [];
    const worker = async (own: Record<string, string> = {}): Promise<ServiceProcess> => {
      const started = await startProcess({ ...all, LOG_LEVEL: 'warn', JOBS: 'compute', ...own });
      workers.push(started);
      return started;
    };
    return { env: all, database, service, workers, worker };
  }

  const submitted = async ({ request }: Service, path: string, body: object, key?: string): Promise<string> => {
    const auth: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
    const answer = await request
      .post(path)
      .set({ prefer: 'respond-async', ...auth })
      .send(body);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
    return answer.body.id;
  };
  const statusOf = async (database: string, id: string) =>
    (await asked(database, `SELECT status FROM warpserve.job WHERE id = '${id}'`))[0]?.status;
  const succeeded = async (database: string, id: string): Promise<void> => {
    for (let status = await statusOf(database, id); status !== 'succeeded'; status = await statusOf(database, id)) {
      assert.ok(status === 'queued' || status === 'running', String(status));
      await setTimeout(50);
    }
  };
  const tilesOf = async (database: string, id: string): Promise<number> =>
    (await asked(database, `SELECT count(*)::integer AS tiles FROM warpserve.tile_done WHERE job = '${id}'`))[0]
      ?.tiles as number;

  it('leave jobs to workers, which have no routes but health and metrics', async () => {
    await withFleet(async ({ database, service, worker }) => {
      const id = await submitted(service, '/dtw/cdist', { dataset1: SERIES });
      await setTimeout(500);
      assert.equal(await statusOf(database, id), 'queued');
      const workers = async () =>
        /^warpserve_job_workers (\d+)/m.exec((await service.request.get('/metrics')).text)?.[1];
      assert.equal(await workers(), '0');
      const { url } = await worker();
      while ((await workers()) !== '1') await setTimeout(50);
      await succeeded(database, id);
      const result = await service.request.get(`/jobs/${id}/result`);
      assert.deepEqual(result.body, (await service.request.post('/dtw/cdist').send({ dataset1: SERIES })).body);
      assert.equal((await fetch(`${url}/livez`)).status, 200);
      assert.match(await (await fetch(`${url}/metrics`)).text(), /^warpserve_job_tiles_total [1-9]/m);
      for (const path of ['/', '/dtw', '/jobs', '/datasets', '/capabilities', '/openapi.json', '/docs'])
        assert.equal((await fetch(`${url}${path}`)).status, 404, path);
    });
  });

  it('tell of a job until it ends, however long that takes', async () => {
    await withFleet(async ({ env, service, worker }) => {
      const id = await submitted(service, '/dtw/cdist', { dataset1: SERIES });
      const hasty = await startService({ ...env, JOBS: 'serve', REQUEST_TIMEOUT_MS: '200' });
      try {
        const events = hasty.request.get(`/jobs/${id}/events`).then(({ text }) => text);
        await setTimeout(1000);
        await worker();
        assert.match(await events, /"status":"queued".*"status":"succeeded"/s);
      } finally {
        await hasty.close();
      }
    });
  });

  it('share tiles between callers: nobody waits behind the many tiles of another', async () => {
    await withFleet(
      async ({ database, service, worker }) => {
        const many = Array.from({ length: 2000 }, (_, k) => wave(200, k));
        const large = await submitted(service, '/dtw/cdist', { dataset1: many }, 'one');
        const { child } = await worker();
        while ((await tilesOf(database, large)) < 3) await setTimeout(10);
        // While it stands still, no tile is done: what comes then comes in order, however busy the machine is.
        child.kill('SIGSTOP');
        const small = await submitted(service, '/dtw/cdist', { dataset1: SERIES }, 'two');
        assert.equal(await statusOf(database, large), 'running');
        child.kill('SIGCONT');
        await succeeded(database, small);
        const [order] = await asked(
          database,
          `SELECT tiles, (SELECT count(*)::integer FROM warpserve.tile_done WHERE job = job.id AND at > small.created AND at < small.last) AS between
           FROM warpserve.job, (SELECT created, max(at) AS last FROM warpserve.job JOIN warpserve.tile_done ON job = id WHERE id = '${small}' GROUP BY created) small
           WHERE id = '${large}'`,
        );
        const { tiles, between } = order as { tiles: number; between: number };
        assert.ok(between < tiles / 10, `${between} of ${tiles} tiles of another caller came first`);
        await service.request.delete(`/jobs/${large}`).set('authorization', 'Bearer one');
      },
      { API_KEYS: 'one,two' },
    );
  });

  it('start the last tiles of a slow worker elsewhere; the first to end wins, and each tile counts once', async () => {
    await withFleet(async ({ database, service, worker }) => {
      const id = await submitted(service, '/dtw/cdist', { dataset1: SERIES });
      // This test is the slow worker: it holds tiles, sends heartbeats, and computes nothing.
      const slow = openPostgres(database);
      const queue = new TileQueue(slow, () => {});
      await queue.start();
      try {
        const claims = await queue.claim(id, 2);
        assert.ok(claims.length > 0);
        await asked(database, `UPDATE pgboss.job SET started_on = now() - interval '1 day' WHERE state = 'active'`);
        let job = await statusOf(database, id);
        await worker();
        for (; job !== 'succeeded'; job = await statusOf(database, id)) {
          await queue.touch(claims);
          await setTimeout(50);
        }
        const seconds = await asked(database, `SELECT tile, attempt FROM warpserve.second_start WHERE job = '${id}'`);
        assert.deepEqual(seconds.map(({ tile }) => tile).sort(), claims.map(({ tile }) => tile).sort());
        // Now it ends, too late.
        for (const claim of claims) {
          const done = { tile: claim.tile, cells: 1, ms: 1, compute: 1, digest: 'of the slow worker' };
          assert.equal(await recordTile(slow.query, claim, done, '00000000-0000-4000-8000-000000000000'), false);
        }
        const { progress } = (await service.request.get(`/jobs/${id}`)).body;
        assert.equal(await tilesOf(database, id), progress.tiles);
        const result = await service.request.get(`/jobs/${id}/result`);
        assert.deepEqual(result.body, (await service.request.post('/dtw/cdist').send({ dataset1: SERIES })).body);
      } finally {
        await queue.stop();
        await slow.close();
      }
    });
  });

  it('take several tiles at once where they are small for the worker, and count each once', async () => {
    await withFleet(
      async ({ database, service, worker }) => {
        // Enough for many tiles of a millisecond on a fast machine.
        const many = Array.from({ length: 150 }, (_, k) => wave(200, k));
        const id = await submitted(service, '/dtw/cdist', { dataset1: many });
        // The same tiles, for a worker that is to take a hundred times as long for one: several are held at some moment.
        await asked(
          database,
          `CREATE TABLE held (tiles integer);
         CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           INSERT INTO held SELECT count(*) FROM pgboss.job WHERE state = 'active'; RETURN NULL; END $$;
         CREATE TRIGGER note AFTER INSERT ON warpserve.tile_done FOR EACH ROW EXECUTE FUNCTION note()`,
        );
        await worker({ TILE_MS: '1000' });
        await succeeded(database, id);
        const [{ most } = {}] = await asked(database, 'SELECT max(tiles) AS most FROM held');
        assert.ok((most as number) > 1, `at most ${most} held`);
        const { progress } = (await service.request.get(`/jobs/${id}`)).body;
        assert.ok(progress.tiles > 8, `${progress.tiles} tiles`);
        assert.equal(await tilesOf(database, id), progress.tiles);
        const result = await service.request.get(`/jobs/${id}/result`);
        assert.deepEqual(result.body, (await service.request.post('/dtw/cdist').send({ dataset1: many })).body);
      },
      { TILE_MS: '1' },
    );
  });

  it('go on without a worker that stopped; what it finds when it continues changes nothing', async () => {
    await withFleet(async ({ database, service, worker }) => {
      const many = Array.from({ length: 250 }, (_, k) => wave(200, k));
      const first = await worker();
      const id = await submitted(service, '/dtw/cdist', { dataset1: many });
      while ((await tilesOf(database, id)) < 3) await setTimeout(10);
      first.child.kill('SIGSTOP');
      await worker();
      await succeeded(database, id);
      first.child.kill('SIGCONT');
      const result = await service.request.get(`/jobs/${id}/result`);
      assert.deepEqual(result.body, (await service.request.post('/dtw/cdist').send({ dataset1: many })).body);
      const { tiles } = (await service.request.get(`/jobs/${id}`)).body.progress;
      assert.equal(await tilesOf(database, id), tiles);
    });
  });

  it('lose no tile of a worker that was killed', async () => {
    await withFleet(async ({ database, service, worker, workers }) => {
      const many = Array.from({ length: 250 }, (_, k) => wave(200, k));
      const first = await worker();
      const id = await submitted(service, '/dtw/cdist', { dataset1: many });
      while ((await tilesOf(database, id)) < 3) await setTimeout(10);
      first.child.kill('SIGKILL');
      await once(first.child, 'exit');
      workers.length = 0;
      await worker();
      await succeeded(database, id);
      const result = await service.request.get(`/jobs/${id}/result`);
      assert.deepEqual(result.body, (await service.request.post('/dtw/cdist').send({ dataset1: many })).body);
    });
  });

  it('leave a job to workers that have its kernels, as long as there are any', async () => {
    await withFleet(async ({ database, service, worker }) => {
      const other = await submitted(service, '/dtw/cdist', { dataset1: SERIES });
      await asked(
        database,
        `UPDATE warpserve.job SET kernel = 'of another version', created = now() - interval '1 hour';
         INSERT INTO warpserve.process VALUES (gen_random_uuid(), 'of another version', 1, now() + interval '1 day')`,
      );
      await worker();
      const own = await submitted(service, '/soft-dtw/cdist', { dataset1: SERIES });
      await succeeded(database, own);
      assert.equal(await statusOf(database, other), 'queued');
      await asked(database, `DELETE FROM warpserve.process WHERE kernel = 'of another version'`);
      await succeeded(database, other);
      const result = await service.request.get(`/jobs/${other}/result`);
      assert.deepEqual(result.body, (await service.request.post('/dtw/cdist').send({ dataset1: SERIES })).body);
    });
  });

  after(() => server.end());
});
