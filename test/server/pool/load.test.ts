import assert from 'node:assert/strict';
import { request as httpRequest } from 'node:http';
import { describe, it } from 'node:test';
import { type Service, startService, untilReady } from '../../support/start-service.ts';

const small = { s1: [1, 2, 3], s2: [3, 4, -3] };

/** A pair that keeps a worker busy for seconds unless somebody stops it. */
const huge = { s1: new Array(60_000).fill(1), s2: new Array(60_000).fill(2) };
const roomy = { MAX_CELLS: '100000000000' };

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function withService(env: Record<string, string>, use: (service: Service) => Promise<void>): Promise<void> {
  const service = await startService(env);
  try {
    await untilReady(service);
    await use(service);
  } finally {
    await service.close();
  }
}

async function assertFree(service: Service, withinMs: number): Promise<void> {
  const started = performance.now();
  const { status, body } = await service.request.post('/dtw').send(small);
  assert.equal(status, 200);
  assert.equal(body.value, 6.48074069840786);
  const took = performance.now() - started;
  assert.ok(took < withinMs, `the worker was free only after ${took} ms`);
}

describe('a service under pressure', () => {
  it('answers 504 when the time is up, and the worker is free again', async () => {
    await withService({ ...roomy, REQUEST_TIMEOUT_MS: '200' }, async (service) => {
      const response = await service.request.post('/soft-dtw').send(huge);
      assert.equal(response.status, 504);
      assert.equal(response.body.code, 'timeout');
      await assertFree(service, 2000);
    });
  });

  it('stops the work of a client that has disconnected', async () => {
    await withService({ ...roomy, REQUEST_TIMEOUT_MS: '60000' }, async (service) => {
      const gone = httpRequest(`${service.url}/soft-dtw`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      });
      gone.on('error', () => {});
      gone.end(JSON.stringify(huge));
      await sleep(500);
      gone.destroy();
      await assertFree(service, 2000);
    });
  });

  it('answers 503 with Retry-After when the queue is full, and serves again when it is not', async () => {
    await withService({ ...roomy, MAX_QUEUE: '0', REQUEST_TIMEOUT_MS: '1500' }, async (service) => {
      const busy = service.request
        .post('/soft-dtw')
        .send(huge)
        .then((response) => response.status);
      await sleep(300);
      const refused = await service.request.post('/dtw?grad=true').send(small);
      assert.equal(refused.status, 503);
      assert.equal(refused.body.code, 'queue_full');
      assert.ok(Number(refused.headers['retry-after']) >= 1);
      assert.equal(await busy, 504);
      await sleep(100);
      await assertFree(service, 2000);
    });
  });

  it('finishes what it accepted when it is closed, and takes nothing new', async () => {
    const service = await startService(roomy);
    await untilReady(service);
    const n = 3000;
    const accepted = service.request.post('/soft-dtw').send({ s1: new Array(n).fill(1), s2: new Array(n).fill(2) });
    const answer = accepted.then((response) => response.status);
    await sleep(100);
    await service.close();
    assert.equal(await answer, 200);
    await assert.rejects(fetch(`${service.url}/livez`));
  });
});
