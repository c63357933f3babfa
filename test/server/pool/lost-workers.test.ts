import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertDocumented } from '../../support/assert-documented.ts';
import { EXIT, HEAP, STUCK } from '../../support/crash-triggers.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';

const worker = new URL('../../support/crashing-worker.ts', import.meta.url);

/** Too long to be solved on the spot, so a worker gets it. */
const long = Array.from({ length: 600 }, (_, i) => Math.sin(i / 9));
const pair = (first: number) => ({ s1: [first, ...long], s2: long });

async function withService(use: (service: Service) => Promise<void>, env: Record<string, string> = {}): Promise<void> {
  const service = await startService({ WORKERS: '2', MAX_BODY_BYTES: '1000000', ...env }, worker);
  try {
    await untilReady(service);
    await use(service);
  } finally {
    await service.close();
  }
}

describe('a worker that ends', () => {
  for (const [how, first] of [
    ['by an exit', EXIT],
    ['because its memory ran out', HEAP],
  ] as const) {
    it(`${how} fails its own request with 500 and no other, and is replaced`, async () => {
      await withService(async (service) => {
        const post = (value: number) => service.request.post('/dtw').send(pair(value));
        const expected = (await post(0)).body.value;
        const others = Array.from({ length: 20 }, () => post(0));
        const [lost, ...answers] = await Promise.all([post(first), ...others]);
        assert.equal(lost.status, 500);
        assert.equal(lost.body.code, 'worker_lost');
        assert.equal(lost.body.instance, lost.headers['x-request-id']);
        assertDocumented(lost, 'post', '/dtw');
        for (const { status, body } of answers) {
          assert.equal(status, 200);
          assert.equal(body.value, expected);
        }
        const after = await Promise.all(Array.from({ length: 10 }, () => post(0)));
        assert.ok(after.every(({ body }) => body.value === expected));
        const { text } = await service.request.get('/metrics');
        assert.match(text, /^warpserve_worker_restarts_total 1$/m);
        assert.equal((await service.request.get('/readyz')).status, 200);
      });
    });
  }

  it('turns /readyz red when it is one of many, and no answer wrong', async () => {
    await withService(async (service) => {
      for (let k = 0; k < 5; k++) {
        assert.equal((await service.request.post('/dtw').send(pair(EXIT))).body.code, 'worker_lost');
      }
      const ready = await service.request.get('/readyz');
      assert.equal(ready.status, 503);
      assert.equal(ready.body.status, 'losing workers');
      assertDocumented(ready, 'get', '/readyz');
      assert.equal(
        (await service.request.post('/dtw').send({ s1: [1, 2, 3], s2: [3, 4, -3] })).body.value,
        6.48074069840786,
      );
      assert.equal((await service.request.post('/dtw').send(pair(0))).status, 200);
    });
  });
});

describe('a worker whose computation does not stop', () => {
  it('is ended a tenth of a second after the timeout, which is answered in time, and is replaced', async () => {
    await withService(
      async (service) => {
        const started = performance.now();
        const stuck = await service.request.post('/dtw').send(pair(STUCK));
        const took = performance.now() - started;
        assert.equal(stuck.status, 504);
        assert.equal(stuck.body.code, 'timeout');
        assert.ok(took < 600, `the answer took ${took} ms`);
        // With one worker, requests wait while its replacement loads.
        const deadline = performance.now() + 10_000;
        while ((await service.request.post('/dtw').send(pair(0))).status !== 200)
          assert.ok(performance.now() < deadline, 'no worker took its place');
        const { text } = await service.request.get('/metrics');
        assert.match(text, /^warpserve_workers_terminated_total 1$/m);
        assert.match(text, /^warpserve_worker_restarts_total 0$/m);
        assert.equal((await service.request.get('/readyz')).status, 200);
      },
      { WORKERS: '1', REQUEST_TIMEOUT_MS: '300' },
    );
  });

  it('does not hold up what other workers compute while it is replaced', async () => {
    await withService(
      async (service) => {
        const post = (value: number) => service.request.post('/dtw').send(pair(value));
        await post(0);
        const stuck = post(STUCK).then(({ status }) => status);
        const worst = { ms: 0 };
        for (let k = 0; k < 100; k++) {
          const started = performance.now();
          assert.equal((await post(0)).status, 200);
          worst.ms = Math.max(worst.ms, performance.now() - started);
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
        assert.equal(await stuck, 504);
        assert.ok(worst.ms < 250, `one of the others took ${worst.ms} ms`);
      },
      { REQUEST_TIMEOUT_MS: '300' },
    );
  });
});
