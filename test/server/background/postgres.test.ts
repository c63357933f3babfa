import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { assertDocumented } from '../../support/assert-documented.ts';
import { bouncerPath, startBouncer } from '../../support/start-bouncer.ts';
import { asked, type PostgresServer, startPostgres, withoutPostgres } from '../../support/start-postgres.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SERIES = Array.from({ length: 60 }, (_, k) => Array.from({ length: 90 }, (_value, i) => Math.sin(k + i / 3)));

const submitted = (service: Service) =>
  service.request.post('/dtw/cdist').set('prefer', 'respond-async').send({ dataset1: SERIES });

async function succeeded({ request }: Service, id: string): Promise<void> {
  for (let status = ''; status !== 'succeeded'; await setTimeout(50)) {
    const job = await request.get(`/jobs/${id}`);
    ({ status } = job.body);
    assert.ok(job.status === 503 || ['queued', 'running', 'succeeded'].includes(status), JSON.stringify(job.body));
  }
}

async function assertSame({ request }: Service, id: string): Promise<void> {
  const found = await request.get(`/jobs/${id}/result`);
  const direct = await request.post('/dtw/cdist').send({ dataset1: SERIES });
  assert.deepEqual(found.body, direct.body);
}

describe('a service with PostgreSQL', { skip: withoutPostgres }, () => {
  let server: PostgresServer;
  let database: string;
  before(async () => {
    server = await startPostgres();
    database = await server.database();
  });
  after(() => server.end());

  it('refuses what concerns jobs with a 503 while it is out, and nothing else; jobs go on after it, and so does whoever follows one', async () => {
    const service = await startService({
      DATABASE_URL: database,
      STORE_URL: `file:${temporaryFolder()}`,
      TILE_MS: '1',
    });
    try {
      await untilReady(service);
      const { body } = await submitted(service);
      const events = service.request.get(`/jobs/${body.id}/events`).then(({ text }) => text);
      while ((await service.request.get(`/jobs/${body.id}`)).body.progress.tiles_done === 0) await setTimeout(10);
      await server.stop();
      for (const [method, path] of [
        ['get', '/jobs'],
        ['get', '/jobs/{id}'],
        ['get', '/jobs/{id}/events'],
        ['get', '/jobs/{id}/result'],
        ['delete', '/jobs/{id}'],
      ] as const) {
        const refused = await service.request[method](path.replace('{id}', body.id));
        assert.equal(refused.status, 503, `${method} ${path}`);
        assert.equal(refused.body.code, 'store_unavailable');
        assert.ok(Number(refused.headers['retry-after']) > 0);
        assertDocumented(refused, method, path);
      }
      assert.equal((await submitted(service)).status, 503);
      assert.equal((await service.request.post('/dtw').send({ s1: [1, 2], s2: [3] })).status, 200);
      assert.equal((await service.request.get('/datasets')).status, 200);
      const metrics = (await service.request.get('/metrics')).text;
      assert.match(metrics, /^warpserve_jobs_running /m);
      assert.match(metrics, /^warpserve_database_up 0$/m);
      await server.start();
      await succeeded(service, body.id);
      await assertSame(service, body.id);
      assert.match(await events, /"status":"succeeded"/);
      const after = (await service.request.get('/metrics')).text;
      assert.match(after, /^warpserve_database_up 1$/m);
      assert.match(after, /^warpserve_database_connections [1-4]$/m);
      assert.match(after, /^warpserve_database_server_connections_max 100$/m);
    } finally {
      await service.close();
    }
  });

  it('may start before it', async () => {
    await server.stop('SIGINT');
    const service = await startService({ DATABASE_URL: database, STORE_URL: `file:${temporaryFolder()}` });
    try {
      assert.equal((await submitted(service)).status, 503);
      await server.start();
      let answer = await submitted(service);
      for (; answer.status === 503; answer = await submitted(service)) await setTimeout(50);
      assert.equal(answer.status, 202);
      await succeeded(service, answer.body.id);
    } finally {
      await service.close();
    }
  });

  it('may be one of many that start at once on an empty database, with few connections each', async () => {
    const empty = await server.database();
    const folder = temporaryFolder();
    const env = { DATABASE_URL: empty, STORE_URL: `file:${folder}`, TILE_MS: '1' };
    const services = await Promise.all([1, 2, 3, 4].map(() => startService(env)));
    try {
      const answers = await Promise.all(services.map(submitted));
      for (const { body } of answers) for (const service of services) await succeeded(service, body.id);
      await assertSame(services[0] as Service, answers[3]?.body.id);
      const [open] = await asked(
        empty,
        `SELECT count(*)::integer FROM pg_stat_activity WHERE application_name = 'warpserve'`,
      );
      assert.ok(
        (open?.count as number) <= 4 * services.length,
        `${open?.count} connections of ${services.length} services`,
      );
    } finally {
      for (const service of services) await service.close();
    }
  });

  it('may have PgBouncer before it, which gives a connection to one transaction at a time', {
    skip: bouncerPath === undefined && 'needs PgBouncer: apt-get install pgbouncer',
  }, async () => {
    const bouncer = await startBouncer(await server.database());
    const folder = temporaryFolder();
    const env = { DATABASE_URL: bouncer.url, STORE_URL: `file:${folder}`, TILE_MS: '1' };
    const services = await Promise.all([startService(env), startService(env)]);
    try {
      const answers = await Promise.all(services.map(submitted));
      for (const { body } of answers) for (const service of services) await succeeded(service, body.id);
      await assertSame(services[0] as Service, answers[1]?.body.id);
    } finally {
      for (const service of services) await service.close();
      await bouncer.end();
    }
  });
});
