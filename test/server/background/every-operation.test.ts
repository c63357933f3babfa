import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { metrics } from '../../../src/core/index.ts';
import { formatsWith } from '../../../src/server/operations/formats.ts';
import { operations } from '../../../src/server/operations/index.ts';
import { examplesFor } from '../../../src/server/operations/operation.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';

interface Asked {
  readonly path: string;
  readonly body: object;
  readonly formats: readonly string[];
}

const walks = (count: number, steps: number) =>
  Array.from({ length: count }, (_, k) =>
    Array.from({ length: steps }, (_value, i) => Math.sin(k + i / 7) + ((k * i) % 5)),
  );

describe('every operation as a job', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2', MAX_CELLS: '1e9' });
    await untilReady(service);
  });
  after(() => service.close());

  for (const operation of operations) {
    it(`${operation.name} has the result of the request, to the last byte, with every metric, flag and format`, async () => {
      const records = metrics.filter((record) => operation.appliesTo(record));
      assert.notEqual(records.length, 0);
      const asked = records.flatMap((record): Asked[] => {
        const [example] = Object.values(examplesFor(record, operation));
        const path = `/${record.name}${operation.suffix}`;
        const flags = operation.flags(record);
        return (flags.length === 0 ? [[]] : [[], flags]).map((on) => ({
          path: `${path}?${on.map((flag) => `${flag}=true`).join('&')}`,
          body: example?.value as object,
          formats: formatsWith(operation, Object.fromEntries(on.map((flag) => [flag, true]))),
        }));
      });
      await Promise.all(asked.map((one) => assertSame(service, one)));
    });
  }

  it('has several blocks of a matrix in a tile where they are computed sooner than a tile should be', async () => {
    const body = { dataset1: walks(1030, 3) };
    const formats = formatsWith(operations.find(({ name }) => name === 'cdist') as (typeof operations)[0], {});
    const { tiles } = await assertSame(service, { path: '/dtw/cdist', body, formats });
    assert.equal(tiles, 1); // of four blocks, one of them mirrored
  });

  it('has a tile even if it is the matrix of a single series', async () => {
    const formats = formatsWith(operations.find(({ name }) => name === 'cdist') as (typeof operations)[0], {});
    const { tiles } = await assertSame(service, { path: '/dtw/cdist', body: { dataset1: [[1, 2]] }, formats });
    assert.equal(tiles, 1);
  });
});

describe('a job of several tiles', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2', TILE_MS: '1', MAX_CELLS: '1e9' });
    await untilReady(service);
  });
  after(() => service.close());
  const cut: [path: string, body: object][] = [
    ['/dtw/cdist', { dataset1: walks(130, 60) }],
    ['/soft-dtw/cdist', { dataset1: walks(50, 40), dataset2: walks(61, 40) }],
    ['/dtw/pairs', { dataset1: walks(1500, 90), dataset2: walks(1500, 80) }],
    ['/soft-dtw/pairs?grad=true', { dataset1: walks(900, 50), dataset2: walks(900, 40), weights: walks(1, 900)[0] }],
  ];
  for (const [path, body] of cut) {
    it(`has the result of the request, to the last byte: POST ${path}`, async () => {
      const operation = operations.find(({ suffix }) => suffix !== '' && path.includes(suffix));
      assert.ok(operation?.tiles);
      const formats = formatsWith(operation, path.includes('grad=true') ? { grad: true } : {});
      const { tiles } = await assertSame(service, { path, body, formats });
      assert.ok(tiles > 1, `${tiles} tiles`);
    });
  }
});

/** Asks for an answer, and for the same as a job: they have the same bytes in every format. */
async function assertSame({ request }: Service, { path, body, formats }: Asked): Promise<{ tiles: number }> {
  const submitted = await request.post(path).set('prefer', 'respond-async').send(body);
  assert.equal(submitted.status, 202, `${path}: ${JSON.stringify(submitted.body)}`);
  let job = submitted;
  for (; ['queued', 'running'].includes(job.body.status); await setTimeout(30)) {
    job = await request.get(`/jobs/${submitted.body.id}`);
  }
  assert.equal(job.body.status, 'succeeded', `${path}: ${JSON.stringify(job.body)}`);
  for (const format of formats) {
    const direct = await request.post(path).set('accept', format).responseType('blob').send(body);
    const found = await request.get(job.body.result).set('accept', format).responseType('blob');
    assert.equal(direct.status, 200, `${path}: ${String(direct.body)}`);
    assert.equal(found.status, 200, `${path} as ${format}: ${String(found.body)}`);
    assert.equal(found.headers['content-type'], direct.headers['content-type'], path);
    assert.ok(Buffer.from(found.body).equals(Buffer.from(direct.body)), `${path} as ${format}`);
  }
  return job.body.progress;
}
