import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { cdist, evaluate, neighbors } from '../../../src/core/index.ts';
import { keptSeriesAt, seriesAt } from '../../../src/core/server-door.ts';
import { type IngestJob, ingest } from '../../../src/server/datasets/ingest.ts';
import { storeProblem } from '../../../src/server/datasets/store-problem.ts';
import { formats } from '../../../src/server/formats/index.ts';
import { countShared } from '../../../src/server/memory/ballast.ts';
import { asStoreFailure, StoreFailure } from '../../../src/server/store/store.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService } from '../../support/start-service.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SERIES = [
  [1, 2, 3, 4],
  [2, 2, 4],
  [0.5, 1, 9, 3, 3],
];
const LABELS = ['a', 'b', 'a'];
process.env.TMPDIR = temporaryFolder(); // of its own, so that nothing else leaves anything there
const uploads = (): string[] => readdirSync(tmpdir()).filter((name) => /^warpserve-(?!test)/.test(name));

describe('stored data sets', () => {
  const folder = temporaryFolder();
  let service: Service;
  before(async () => {
    service = await startService({ STORE_URL: `file:${folder}`, MAX_DATASET_BYTES: '100000' });
  });
  after(() => service.close());
  const put = (name: string, body: unknown, type = 'application/json') =>
    service.request
      .put(`/datasets/${name}`)
      .set('content-type', type)
      .send(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));

  it('are new once, known the second time, and a new version with new content', async () => {
    const first = await put('walks', { series: SERIES, labels: LABELS });
    assert.equal(first.status, 201);
    assert.equal(first.headers.location, '/datasets/walks');
    assertDocumented(first, 'put', '/datasets/{name}');
    const { digest, created, ...rest } = first.body;
    assert.match(digest, /^sha256:[0-9a-f]{64}$/);
    assert.ok(Math.abs(Date.parse(created) - Date.now()) < 60_000);
    assert.deepEqual(rest, {
      name: 'walks',
      version: 1,
      count: 3,
      d: 1,
      lengths: { min: 3, max: 5, mean: 4 },
      labels: { a: 2, b: 1 },
      bytes: 12 * 8 + 16 + JSON.stringify(LABELS).length + 48,
    });
    const again = await put('walks', '{"labels":["a","b","a"],"series":[[1,2,3,4,null],[2,2,4.0],[5e-1,1,9,3,3]]}');
    assert.equal(again.status, 200);
    assert.equal(again.body.digest, digest);
    const other = await put('walks', { series: SERIES });
    assert.equal(other.status, 201);
    assert.equal(other.body.version, 2);
    assert.notEqual(other.body.digest, digest);
    const old = await service.request.get(`/datasets/walks@${digest}`);
    assert.equal(old.body.version, 1);
    assertDocumented(old, 'get', '/datasets/{name}');
  });

  it('are not replaced with If-None-Match: *', async () => {
    assert.equal((await put('once', SERIES).set('if-none-match', '*')).status, 201);
    const refused = await put('once', [[1]]).set('if-none-match', '*');
    assert.equal(refused.status, 412);
    assert.equal(refused.body.code, 'taken');
    assertDocumented(refused, 'put', '/datasets/{name}');
    assert.equal((await service.request.get('/datasets/once')).body.count, 3);
  });

  it('get one version each, however many are put at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, (_, k) => put('race', [[k, 1]])));
    assert.deepEqual(answers.map(({ body }) => body.version).sort(), [1, 2, 3, 4, 5, 6, 7, 8]);
    const only = await Promise.all(
      Array.from({ length: 8 }, (_, k) => put('race-once', [[k, 1]]).set('if-none-match', '*')),
    );
    assert.equal(only.filter(({ status }) => status === 201).length, 1);
    assert.equal(only.filter(({ status }) => status === 412).length, 7);
  });

  it('are listed by name, page by page, and forgotten by name', async () => {
    const listed = await service.request.get('/datasets?limit=2');
    assertDocumented(listed, 'get', '/datasets');
    assert.deepEqual(
      listed.body.datasets.map(({ name }: { name: string }) => name),
      ['once', 'race'],
    );
    const rest = await service.request.get(`/datasets?after=${listed.body.next}`);
    assert.deepEqual(
      rest.body.datasets.map(({ name }: { name: string }) => name),
      ['race-once', 'walks'],
    );
    const gone = await service.request.delete('/datasets/race');
    assert.equal(gone.status, 204);
    assert.equal((await service.request.get('/datasets/race')).status, 404);
    const twice = await service.request.delete('/datasets/race');
    assert.equal(twice.status, 404);
    assertDocumented(twice, 'delete', '/datasets/{name}');
  });

  for (const { name, mediaTypes } of formats) {
    it(`come back as ${name}, by Accept and by ?format=, and go in again as the same`, async () => {
      const type = mediaTypes[0] as string;
      const { digest } = (await put('formats', { series: SERIES, labels: LABELS })).body;
      const byType = await service.request.get('/datasets/formats/content').set('accept', type).responseType('blob');
      assert.equal(byType.status, 200);
      assert.equal(byType.headers['content-type'].split(';')[0], type);
      const byName = await service.request.get(`/datasets/formats/content?format=${name}`).responseType('blob');
      assert.deepEqual(byName.body, byType.body);
      const back = await put('formats', name === 'json' ? String(byType.body) : byType.body, type);
      if (name === 'npy') assert.notEqual(back.body.digest, digest, '.npy has no place for labels');
      else assert.equal(back.body.digest, digest);
    });
  }

  it('give one of their series', async () => {
    await put('walks', { series: SERIES, labels: LABELS });
    const one = await service.request.get('/datasets/walks/series/2');
    assert.deepEqual(one.body, { values: SERIES[2], index: 2, label: 'a' });
    assertDocumented(one, 'get', '/datasets/{name}/series/{k}');
    const none = await service.request.get('/datasets/walks/series/3');
    assert.equal(none.status, 404);
    assert.match(none.body.detail, /0 to 2/);
  });

  it('stand for a data set, and {dataset, index} for a series, in every operation', async () => {
    await put('walks', SERIES);
    const matrix = await service.request.post('/dtw/cdist').send({ dataset1: 'walks' });
    assert.deepEqual(matrix.body.matrix, cdist('dtw', SERIES).matrix);
    const near = await service.request
      .post('/msm/neighbors')
      .send({ queries: [{ dataset: 'walks', index: 1 }, [1, 2, 3]], candidates: 'walks', k: 2 });
    assert.deepEqual(near.body.indices, neighbors('msm', [SERIES[1], [1, 2, 3]], SERIES, { k: 2 }).indices);
    const pair = await service.request
      .post('/dtw?grad=true')
      .send({ s1: { dataset: 'walks', index: 0 }, s2: { dataset: 'walks', index: 2 } });
    assert.deepEqual(pair.body, evaluate('dtw', SERIES[0], SERIES[2], {}, { grad: true }));
    const barycenter = await service.request.post('/dtw/barycenter').send({ dataset: 'walks' });
    assert.equal(barycenter.status, 200);
    const found = await service.request
      .post('/dtw/subsequence')
      .send({ query: { dataset: 'walks', index: 1 }, series: { dataset: 'walks', index: 2 } });
    assert.equal(found.status, 200);
  });

  it('stand in bodies that a worker reads too: large JSON', async () => {
    await put('walks', SERIES);
    const long = Array.from({ length: 60_000 }, (_, i) => Math.sin(i));
    const answer = await service.request
      .post('/dtw/cdist')
      .send({ dataset1: [long], dataset2: 'walks', sakoe_chiba_radius: 0 });
    assert.equal(answer.status, 200, JSON.stringify(answer.body).slice(0, 300));
    assert.deepEqual(answer.body.shape, [1, 3]);
    const wrong = await service.request.post('/dtw/cdist').send({ dataset1: [long], dataset2: 'walk' });
    assert.equal(wrong.status, 404);
    assert.match(wrong.body.detail, /did you mean "walks"/);
  });

  it('get the nearest name for one that is not there, with its place', async () => {
    const answer = await service.request.post('/dtw/cdist').send({ dataset1: 'wlaks' });
    assert.equal(answer.status, 404);
    assert.equal(answer.body.code, 'dataset_not_found');
    assert.match(answer.body.detail, /did you mean "walks"/);
    assert.equal(answer.body.errors[0].pointer, '/dataset1');
    assertDocumented(answer, 'post', '/dtw/cdist');
  });

  it('refuse what is no reference where a series or a data set is expected', async () => {
    for (const [body, pointer] of [
      [{ s1: 'walks', s2: [1] }, '/s1'],
      [{ s1: { dataset: 'walks', index: 3 }, s2: [1] }, '/s1/index'],
      [{ s1: { dataset: 'walks', index: -1 }, s2: [1] }, '/s1'],
      [{ s1: { dataset: 'walks' }, s2: [1] }, '/s1'],
    ] as const) {
      const answer = await service.request.post('/dtw').send(body);
      assert.equal(answer.status, 400, JSON.stringify(answer.body));
      assert.equal(answer.body.errors[0].pointer, pointer);
    }
    const text = await service.request.post('/dtw/cdist').send({ dataset1: '../../etc/passwd' });
    assert.equal(text.status, 400);
    assert.equal(text.body.errors[0].pointer, '/dataset1');
  });

  for (const name of ['..', '.', '...', '.hidden', 'a.b', '-', '_', 'A'.repeat(128)]) {
    it(`may be called ${name.slice(0, 10)}`, async () => {
      const path = name.replaceAll('.', '%2E');
      const answer = await put(path, [[1, 2]]);
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      assert.equal((await service.request.post('/dtw/cdist').send({ dataset1: name })).status, 200);
      assert.equal((await service.request.delete(`/datasets/${path}`)).status, 204);
    });
  }

  for (const name of ['a%2Fb', '%2E%2E%2Fx', 'a b', 'é', 'A'.repeat(129), 'a%00b']) {
    it(`may not be called ${name.slice(0, 12)}`, async () => {
      const answer = await put(encodeURI(decodeURI(name)), [[1, 2]]);
      assert.equal(answer.status, 400);
    });
  }

  it('refuse uploads that are too large, empty, unknown or wrong, keep nothing of them, and serve the next', async () => {
    const cases: [string | Buffer, string, number, string][] = [
      [JSON.stringify([new Array(60_000).fill(0.25)]), 'application/json', 413, 'body_too_large'],
      ['', 'application/json', 400, 'malformed_json'],
      ['', 'text/plain', 415, 'unknown_format'],
      ['[[1,"x"]]', 'application/json', 400, 'invalid_input'],
      ['[[1,NaN]]', 'application/json', 400, 'malformed_json'],
      ['[[]]', 'application/json', 400, 'empty_series'],
      ['hello', 'text/plain', 415, 'unknown_format'],
      ['x', 'image/png', 415, 'unsupported_media_type'],
      [Buffer.from('PK\x03\x04 no zip'), 'application/x-npz', 400, 'invalid_input'],
    ];
    for (const [body, type, status, code] of cases) {
      const answer = await put('wrong', body, type);
      assert.equal(answer.status, status, `${type}: ${JSON.stringify(answer.body)}`);
      assert.equal(answer.body.code, code, JSON.stringify(answer.body));
      assertDocumented(answer, 'put', '/datasets/{name}');
    }
    assert.equal((await service.request.get('/datasets/wrong')).status, 404);
    assert.equal((await put('right', [[1]])).status, 201);
    assert.deepEqual(uploads(), []);
  });

  it('outlive a restart', async () => {
    await put('stays', { series: SERIES, labels: LABELS });
    const other = await startService({ STORE_URL: `file:${folder}` });
    try {
      const found = await other.request.get('/datasets/stays');
      assert.equal(found.body.count, 3);
      assert.equal((await other.request.post('/dtw/cdist').send({ dataset1: 'stays' })).status, 200);
    } finally {
      await other.close();
    }
  });

  it('leave nothing for good of an upload whose service was killed', async () => {
    const [old, young, foreign] = ['warpserve-aB3dEf', 'warpserve-Zz09yX', 'warpserve-other-x'].map((name) =>
      join(tmpdir(), name),
    ) as [string, string, string];
    for (const path of [old, young, foreign]) {
      mkdirSync(path);
      writeFileSync(join(path, 'body'), 'half');
    }
    const longAgo = new Date(Date.now() - 25 * 3600 * 1000);
    for (const path of [old, foreign]) utimesSync(path, longAgo, longAgo);
    const other = await startService({ STORE_URL: `file:${folder}` });
    try {
      while (existsSync(old)) await setTimeout(20);
      assert.ok(existsSync(young) && existsSync(foreign));
    } finally {
      await other.close();
      for (const path of [young, foreign]) rmSync(path, { recursive: true });
    }
  });

  it('are at once what another service has put or deleted, however long their name was used', async () => {
    await put('shared', [[1]]);
    const used = () => service.request.post('/dtw/cdist').send({ dataset1: 'shared' });
    const settle = () => {
      const long = new Date(Date.now() - 60_000);
      utimesSync(join(folder, 'names', 'all', '=shared'), long, long);
    };
    settle();
    for (let times = 0; times < 2; times++) assert.deepEqual((await used()).body.shape, [1, 1]);
    const other = await startService({ STORE_URL: `file:${folder}` });
    try {
      await other.request.put('/datasets/shared').send([[1], [2]]);
      assert.deepEqual((await used()).body.shape, [2, 2]);
      settle();
      assert.deepEqual((await used()).body.shape, [2, 2]);
      await other.request.delete('/datasets/shared');
      assert.equal((await used()).status, 404);
      await other.request.put('/datasets/shared').send([[1], [2], [3]]);
      assert.deepEqual((await used()).body.shape, [3, 3]);
    } finally {
      await other.close();
    }
  });

  it('count as no memory of the requests that refer to one of their series', () => {
    const data = new Float64Array(new SharedArrayBuffer(2 ** 24));
    const kept = { digest: 'sha256:0', alive: new Int32Array(new SharedArrayBuffer(4)) };
    const dataset = { data, starts: Int32Array.of(0), lengths: Int32Array.of(2), d: 1, kept };
    const taken = (message: object): number => {
      const before = process.memoryUsage().external;
      countShared(message);
      return process.memoryUsage().external - before;
    };
    assert.ok(taken({ s1: keptSeriesAt(dataset, 0) }) < 2 ** 20);
    assert.ok(taken({ s1: seriesAt(dataset, 0) }) >= 2 ** 24, 'what is sent with a request does count');
  });

  it('are never used damaged: 503 until the same is uploaded again', async () => {
    const body = {
      series: [
        [1, 2, 3],
        [4, 5.5],
      ],
    };
    const { digest } = (await put('damaged', body)).body;
    const path = join(folder, 'content', digest.replace('sha256:', ''));
    const bytes = readFileSync(path);
    bytes[3] = (bytes[3] as number) ^ 1;
    writeFileSync(path, bytes);
    const other = await startService({ STORE_URL: `file:${folder}` });
    try {
      const found = await other.request.post('/dtw/cdist').send({ dataset1: 'damaged' });
      assert.equal(found.status, 503);
      assert.equal(found.body.code, 'store_unavailable');
      assert.equal((await other.request.put('/datasets/damaged').send(body)).status, 200);
      assert.equal((await other.request.post('/dtw/cdist').send({ dataset1: 'damaged' })).status, 200);
    } finally {
      await other.close();
    }
  });
});

describe('a service whose store fails while it runs', () => {
  const folder = join(temporaryFolder(), 'store');
  let service: Service;
  before(async () => {
    service = await startService({ STORE_URL: `file:${folder}` });
    rmSync(folder, { recursive: true });
    writeFileSync(folder, ''); // where the directory was
  });
  after(() => service.close());

  it('answers 503 store_unavailable, not 500, for an upload, leaves nothing behind, and names no path', async () => {
    const answer = await service.request.put('/datasets/a').send([[1, 2]]);
    assert.equal(answer.status, 503);
    assert.equal(answer.body.code, 'store_unavailable');
    assert.match(answer.body.detail, /cannot be read or written at the moment/);
    assert.doesNotMatch(answer.text, new RegExp(folder));
    assert.equal(answer.headers['retry-after'], '10');
    assertDocumented(answer, 'put', '/datasets/{name}');
    assert.deepEqual(uploads(), []);
  });

  it('answers 503 store_unavailable for an upload that cannot be received or read', async () => {
    const before = process.env.TMPDIR;
    process.env.TMPDIR = join(folder, 'gone');
    const answer = await service.request.put('/datasets/a').send([[1, 2]]);
    process.env.TMPDIR = before;
    assert.equal(answer.status, 503);
    assert.equal(answer.body.code, 'store_unavailable');
  });

  it('says so if the disk is full', { skip: !existsSync('/dev/full') && 'this system has no /dev/full' }, () => {
    const failed = caught(() => writeFileSync('/dev/full', 'x'));
    const failure = asStoreFailure('it cannot be stored', failed);
    assert.ok(failure instanceof StoreFailure);
    const { status, code, message } = storeProblem(failure);
    assert.equal(status, 503);
    assert.equal(code, 'store_unavailable');
    assert.match(message, /the store is full: delete data sets/);
  });

  it('says so of a worker that cannot write what it has read', async () => {
    const body = join(temporaryFolder(), 'body');
    writeFileSync(body, '[[1, 2]]');
    const job = { path: body, to: join(folder, 'below'), format: 'json', options: {}, limit: 1000 } as IngestJob;
    await assert.rejects(ingest(job, new Int32Array(1)), { code: 'store_unavailable' });
  });
});

function caught(run: () => void): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}

describe('a service whose store cannot be written', () => {
  const folder = temporaryFolder();
  let service: Service;
  before(async () => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'locked'));
    chmodSync(join(folder, 'locked'), 0o500);
    service = await startService({ STORE_URL: `file:${join(folder, 'file', 'below')}` });
  });
  after(() => service.close());

  it('answers 503 store_unavailable for data sets, and serves everything else', async () => {
    const answers = [
      await service.request.put('/datasets/a').send([[1]]),
      await service.request.get('/datasets'),
      await service.request.get('/datasets/a/content'),
      await service.request.post('/dtw/cdist').send({ dataset1: 'a' }),
    ];
    for (const { status, body } of answers) {
      assert.equal(status, 503);
      assert.equal(body.code, 'store_unavailable');
    }
    assert.equal((await service.request.post('/dtw').send({ s1: [1], s2: [2] })).status, 200);
    assert.equal((await service.request.get('/capabilities')).body.store, false);
  });
});
