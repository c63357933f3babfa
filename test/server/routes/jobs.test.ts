import assert from 'node:assert/strict';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Response } from 'supertest';
import { cdist } from '../../../src/core/index.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { onEachDatabase } from '../../support/on-each-database.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SERIES = Array.from({ length: 250 }, (_, k) =>
  Array.from({ length: 20 + (k % 5) }, (_value, i) => Math.sin(k + i / 3)),
);

onEachDatabase('jobs', (database) => {
  const folder = temporaryFolder();
  let service: Service;
  before(async () => {
    service = await startService({
      STORE_URL: `file:${folder}`,
      TILE_MS: '1',
      MAX_JOB_CELLS: '20000000000',
      ...(await database()),
    });
    await untilReady(service);
  });
  after(() => service.close());
  const submit = (path: string, body: object, key?: string) => {
    const asked = service.request.post(path).set('prefer', 'respond-async');
    return (key === undefined ? asked : asked.set('idempotency-key', key)).send(body);
  };
  const ended = async (id: string): Promise<Response> => {
    for (;;) {
      const job = await service.request.get(`/jobs/${id}`);
      if (!['queued', 'running'].includes(job.body.status)) return job;
      await setTimeout(50);
    }
  };

  it('return gradients and barycenters in the layout of their series', async () => {
    const [s1, s2] = [
      [
        [1, 2, 3],
        [10, 20, 30],
      ],
      [
        [1, 3, null],
        [11, 29, null],
      ],
    ];
    const requests: [path: string, body: object][] = [
      ['/soft-dtw?grad=true', { s1, s2 }],
      ['/dtw/barycenter', { dataset: [s1, s2] }],
    ];
    for (const [path, body] of requests) {
      const asked = { ...body, layout: 'channels_first' };
      const job = await ended((await submit(path, asked)).body.id);
      const found = await service.request.get(job.body.result);
      assert.deepEqual(found.body, (await service.request.post(path).send(asked)).body);
      assert.equal(job.body.request.body.layout, 'channels_first');
    }
  });

  it('answer 202 with where they are, go on, and give the result of the request in each of its formats', async () => {
    const answer = await submit('/dtw/cdist', { dataset1: SERIES });
    assert.equal(answer.status, 202);
    assertDocumented(answer, 'post', '/dtw/cdist');
    assert.equal(answer.headers['preference-applied'], 'respond-async');
    assert.equal(answer.headers.location, `/jobs/${answer.body.id}`);
    const job = await ended(answer.body.id);
    assertDocumented(job, 'get', '/jobs/{id}');
    assert.equal(job.body.status, 'succeeded', JSON.stringify(job.body));
    assert.equal(job.body.progress.fraction, 1);
    assert.ok(job.body.progress.tiles > 1, `${job.body.progress.tiles} tiles`);
    assert.equal(job.body.request.path, '/dtw/cdist');
    assert.match(job.body.request.body.dataset1, /^sha256:/);

    const direct = (format: string) =>
      service.request.post('/dtw/cdist').set('accept', format).responseType('blob').send({ dataset1: SERIES });
    const result = (format: string) => service.request.get(job.body.result).set('accept', format).responseType('blob');
    for (const format of ['application/json', 'application/x-npy', 'application/x-ndjson']) {
      const found = await result(format);
      assert.equal(found.status, 200);
      assert.equal(found.headers['content-type'].split(';')[0], format);
      assert.deepEqual(Buffer.from(found.body), Buffer.from((await direct(format)).body), format);
    }
    assert.equal((await result('application/x-npz')).status, 200);
    assert.equal((await result('text/html')).status, 406);
  });

  it('tell what series they are about, whether those came with the request or have a name', async () => {
    const stored = {
      series: [
        [1, 2, 3],
        [4, 5],
      ],
      labels: ['a', 'b'],
    };
    await service.request.put('/datasets/about').send(stored).expect(201);
    const body = {
      queries: [
        [[1], [2]],
        [[0], [1]],
      ],
      candidates: 'about',
      k: 1,
    };
    const { id } = (await ended((await submit('/dtw/neighbors', body)).body.id)).body;
    await service.request.delete('/datasets/about').expect(204);
    const candidates = await service.request.get(`/jobs/${id}/inputs/candidates`);
    assert.deepEqual(candidates.body, stored);
    assertDocumented(candidates, 'get', '/jobs/{id}/inputs/{field}');
    assert.deepEqual((await service.request.get(`/jobs/${id}/inputs/queries`)).body, {
      series: [
        [1, 2],
        [0, 1],
      ],
    });
    const lines = await service.request.get(`/jobs/${id}/inputs/candidates?format=csv`);
    assert.equal(lines.text.trim(), 'a,1,2,3\nb,4,5');
    const { body: one } = await submit('/dtw', { s1: [1, 2], s2: [3] });
    assert.deepEqual((await service.request.get(`/jobs/${one.id}/inputs/s2`)).body, { series: [[3]] });
    const none = await service.request.get(`/jobs/${id}/inputs/k`);
    assert.deepEqual([none.status, none.body.code], [404, 'dataset_not_found']);
    assert.match(none.body.detail, /no series in "k", but in: queries, candidates/);
    assertDocumented(none, 'get', '/jobs/{id}/inputs/{field}');
    const missing = await service.request.get('/jobs/none/inputs/s1');
    assert.deepEqual([missing.status, missing.body.code], [404, 'job_not_found']);
  });

  it('give the neighbours of each query on a line of its own, the same lines as the request', async () => {
    const body = { queries: SERIES.slice(0, 5), candidates: SERIES, k: 2 };
    const lines = 'application/x-ndjson';
    const direct = await service.request.post('/dtw/neighbors').set('accept', lines).responseType('blob').send(body);
    const job = await ended((await submit('/dtw/neighbors', body)).body.id);
    const found = await service.request.get(job.body.result).set('accept', lines).responseType('blob');
    assert.equal(found.status, 200);
    assert.equal(String(found.body).trim().split('\n').length, 5);
    assert.equal(String(found.body), String(direct.body));
  });

  for (const [path, body] of [
    ['/dtw?grad=true&path=true', { s1: [1, 2, 3], s2: [3, 4, -3] }],
    ['/soft-dtw/cdist', { dataset1: SERIES.slice(0, 7), dataset2: SERIES.slice(7, 19), gamma: 0.5 }],
    ['/lcss/cdist', { dataset1: SERIES.slice(0, 9) }],
    ['/msm/neighbors', { queries: SERIES.slice(0, 20), candidates: SERIES, k: 3 }],
    ['/dtw/barycenter', { dataset: SERIES.slice(0, 5) }],
    ['/dtw/subsequence', { query: [0, 1, 0], series: SERIES[0], k: 2 }],
    ['/dtw/lower-bound', { s1: [1, 2, 9], s2: [1, 3, 4], radius: 1 }],
    ['/gak/bandwidth', { dataset: SERIES }],
  ] as const) {
    it(`POST ${path} gives the same as a job`, async () => {
      const direct = await service.request.post(path).send(body);
      assert.equal(direct.status, 200, JSON.stringify(direct.body));
      const job = await ended((await submit(path, body)).body.id);
      assert.equal(job.body.status, 'succeeded', JSON.stringify(job.body));
      const found = await service.request.get(job.body.result);
      const { computed: _c, pruned: _p, ...wanted } = direct.body;
      const { computed: _cc, pruned: _pp, ...got } = found.body;
      assert.deepEqual(got, wanted);
    });
  }

  it('are known by their Idempotency-Key, and refuse another request with it', async () => {
    const first = await submit('/dtw', { s1: [1, 2], s2: [3] }, 'once');
    const again = await submit('/dtw', { s1: [1, 2], s2: [3] }, 'once');
    assert.equal(again.status, 202);
    assert.equal(again.body.id, first.body.id);
    const other = await submit('/dtw', { s1: [1, 2], s2: [4] }, 'once');
    assert.equal(other.status, 409);
    assert.equal(other.body.code, 'key_reused');
    assertDocumented(other, 'post', '/dtw');
    const many = await Promise.all(Array.from({ length: 6 }, () => submit('/dtw', { s1: [1], s2: [3] }, 'at-once')));
    assert.equal(new Set(many.map(({ body }) => body.id)).size, 1);
  });

  it('are refused like the request would be: what is invalid, and what is larger than a job may be', async () => {
    const invalid = await submit('/dtw', { s1: [1, 'x'], s2: [3] });
    assert.equal(invalid.status, 400);
    const huge = await submit('/dtw', { s1: new Array(200_000).fill(0), s2: new Array(200_000).fill(1) });
    assert.equal(huge.status, 413, JSON.stringify(huge.body).slice(0, 200));
    assert.equal(huge.body.code, 'too_many_cells');
  });

  it('fail with the problem that the request would have had', async () => {
    const job = await ended((await submit('/dtw', { s1: [1e308], s2: [-1e308] })).body.id);
    assert.equal(job.body.status, 'failed');
    assert.equal(job.body.problem.code, 'out_of_range');
    const none = await service.request.get(`/jobs/${job.body.id}/result`);
    assert.equal(none.status, 409);
    assert.equal(none.body.code, 'no_result');
    assertDocumented(none, 'get', '/jobs/{id}/result');
  });

  it('are cancelled within a second, and their threads are free', async () => {
    const long = new Array(30_000).fill(0).map((_, i) => Math.sin(i));
    const { body } = await submit('/dtw', { s1: long, s2: long });
    while ((await service.request.get(`/jobs/${body.id}`)).body.status === 'queued') await setTimeout(20);
    const started = performance.now();
    const cancelled = await service.request.delete(`/jobs/${body.id}`);
    assertDocumented(cancelled, 'delete', '/jobs/{id}');
    assert.equal(cancelled.body.status, 'cancelled');
    const next = await service.request.post('/ctw').send({ s1: SERIES[0], s2: SERIES[1] }); // a worker computes it
    assert.equal(next.status, 200);
    assert.ok(performance.now() - started < 5000);
  });

  it('tell of their progress as server-sent events, until they end', async () => {
    const { body } = await submit('/dtw/cdist', { dataset1: SERIES, dataset2: SERIES });
    const events = await service.request.get(`/jobs/${body.id}/events`);
    assert.equal(events.headers['content-type'], 'text/event-stream');
    const told = events.text.trim().split('\n\n');
    assert.ok(told.every((event) => /^event: job\ndata: \{/.test(event)));
    const last = JSON.parse((told.at(-1) as string).split('data: ')[1] as string);
    assert.equal(last.status, 'succeeded');
  });

  it('are listed newest first, page by page, and forgotten with their results', async () => {
    const listed = await service.request.get('/jobs?limit=2');
    assertDocumented(listed, 'get', '/jobs');
    assert.equal(listed.body.jobs.length, 2);
    const rest = await service.request.get(`/jobs?after=${listed.body.next}&status=succeeded`);
    assert.ok(rest.body.jobs.every(({ status }: { status: string }) => status === 'succeeded'));
    const { id } = rest.body.jobs[0];
    assert.ok(readdirSync(join(folder, 'jobs')).includes(id));
    assert.equal((await service.request.delete(`/jobs/${id}`)).status, 200);
    assert.equal((await service.request.get(`/jobs/${id}`)).status, 404);
    assert.ok(!readdirSync(join(folder, 'jobs')).includes(id));
  });

  it('store a narrow matrix without much padding, and give it as it is', async () => {
    for (const body of [
      { dataset1: SERIES, dataset2: SERIES.slice(0, 1) },
      { dataset1: SERIES.slice(3, 5), dataset2: SERIES },
    ]) {
      const job = await ended((await submit('/dtw/cdist', body)).body.id);
      const { matrix } = cdist('dtw', body.dataset1, body.dataset2);
      assert.deepEqual((await service.request.get(job.body.result)).body.matrix, matrix);
      const chunks = join(folder, 'jobs', job.body.id, 'matrix', 'c');
      const files = readdirSync(chunks, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
      const bytes = files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
      assert.ok(bytes < 2 * 8 * matrix.flat().length, `${bytes} bytes for ${matrix.flat().length} values`);
    }
  });

  it('never serve a damaged result, in any format: it is computed again', async () => {
    const job = await ended((await submit('/dtw/cdist', { dataset1: SERIES, dataset2: SERIES })).body.id);
    for (const format of ['application/json', 'application/x-ndjson', 'application/x-npy', 'application/x-npz']) {
      writeFileSync(join(folder, 'jobs', job.body.id, 'matrix', 'c', '0', '1'), Buffer.alloc(64));
      const damaged = await service.request.get(job.body.result).set('accept', format);
      assert.equal(damaged.status, 503, `${format}: ${JSON.stringify(damaged.body).slice(0, 200)}`);
      assert.equal(damaged.body.code, 'result_damaged');
      assert.equal((await ended(job.body.id)).body.status, 'succeeded');
    }
    const found = await service.request.get(job.body.result);
    assert.deepEqual(found.body.matrix, cdist('dtw', SERIES, SERIES).matrix);
  });

  it('cut a result off where it is found to be damaged once some of it was sent, in any format', async () => {
    const job = await ended((await submit('/dtw/cdist', { dataset1: SERIES, dataset2: SERIES })).body.id);
    const rows = readdirSync(join(folder, 'jobs', job.body.id, 'matrix', 'c')).length;
    assert.ok(rows > 1, `${rows} rows of blocks`);
    for (const format of ['application/json', 'application/x-npy', 'application/x-npz']) {
      writeFileSync(join(folder, 'jobs', job.body.id, 'matrix', 'c', String(rows - 1), '0'), Buffer.alloc(64));
      const answer = await fetch(`${service.url}${job.body.result}`, { headers: { accept: format } });
      assert.equal(answer.status, 200);
      await assert.rejects(answer.arrayBuffer(), format);
      assert.equal((await ended(job.body.id)).body.status, 'succeeded');
    }
    writeFileSync(join(folder, 'jobs', job.body.id, 'matrix', 'c', String(rows - 1), '0'), Buffer.alloc(64));
    const lines = await service.request.get(job.body.result).set('accept', 'application/x-ndjson').responseType('blob');
    assert.equal(lines.status, 200);
    const last = String(lines.body).trim().split('\n').at(-1) as string;
    assert.equal(JSON.parse(last).code, 'result_damaged', last);
    assert.equal((await ended(job.body.id)).body.status, 'succeeded');
    assert.equal((await service.request.get(job.body.result)).status, 200);
  });

  it('are not there under what is no id', async () => {
    for (const id of ['x', '00000000-0000-0000-0000-000000000000', "'; drop table job"]) {
      const answer = await service.request.get(`/jobs/${encodeURIComponent(id)}`);
      assert.equal(answer.status, 404);
      assert.equal(answer.body.code, 'job_not_found');
    }
  });
});

onEachDatabase('jobs and keys', (database) => {
  const folder = temporaryFolder();
  let service: Service;
  before(async () => {
    service = await startService({ STORE_URL: `file:${folder}`, API_KEYS: 'mine,yours', ...(await database()) });
  });
  after(() => service.close());

  it('and data sets belong to the key that made them; for others they do not exist', async () => {
    const as = (key: string) => ({ authorization: `Bearer ${key}` });
    assert.equal(
      (
        await service.request
          .put('/datasets/a')
          .set(as('mine'))
          .send([[1, 2]])
      ).status,
      201,
    );
    assert.equal((await service.request.get('/datasets/a').set(as('yours'))).status, 404);
    const asked = service.request.post('/dtw/cdist').set(as('mine')).set('prefer', 'respond-async');
    const { body } = await asked.send({ dataset1: 'a' });
    assert.equal((await service.request.get(`/jobs/${body.id}`).set(as('mine'))).status, 200);
    for (const method of ['get', 'delete'] as const) {
      assert.equal((await service.request[method](`/jobs/${body.id}`).set(as('yours'))).status, 404);
    }
    assert.deepEqual((await service.request.get('/jobs').set(as('yours'))).body.jobs, []);
    assert.equal((await service.request.get(`/jobs/${body.id}`)).status, 401);
  });
});
