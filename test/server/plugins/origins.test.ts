import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exchange } from '../../support/exchange.ts';
import type { Service } from '../../support/start-service.ts';
import { withService } from '../../support/with-service.ts';

const FRIEND = 'https://a.example';
const pair = { s1: [1, 2, 3], s2: [3, 4, -3] };
const wave = (n: number) => Array.from({ length: n }, (_, i) => Math.sin(i / 9));
const env = { CORS_ORIGINS: `${FRIEND},https://b.example`, API_KEYS: 'key' };

const post = ({ request }: Service, path = '/dtw', origin = FRIEND) =>
  request.post(path).set('origin', origin).set('authorization', 'Bearer key');

describe('a page of a configured origin', () => {
  it('can read every answer, also the refusals', async () => {
    await withService({ ...env, MAX_BODY_BYTES: '100000', MAX_CELLS: '20000' }, async (service) => {
      const { request } = service;
      const asks: [status: number, ask: () => PromiseLike<{ status: number; headers: Record<string, string> }>][] = [
        [200, () => post(service).send(pair)],
        [200, () => request.get('/livez').set('origin', FRIEND)],
        [200, () => request.get('/openapi.json').set('origin', FRIEND)],
        [200, () => request.get('/docs/').set('origin', FRIEND)],
        [200, () => request.get('/').set('origin', FRIEND)],
        [400, () => post(service).send({})],
        [400, () => request.get('/%ff').set('origin', FRIEND)],
        [401, () => request.post('/dtw').set('origin', FRIEND).send(pair)],
        [401, () => post(service).set('authorization', 'Bearer wrong').send(pair)],
        [404, () => request.get('/nowhere').set('origin', FRIEND)],
        [405, () => request.put('/dtw').set('origin', FRIEND).send(pair)],
        [406, () => post(service).set('accept', 'text/html').send(pair)],
        [413, () => post(service).send({ s1: wave(20_000), s2: [1] })],
        [413, () => post(service).send({ s1: wave(200), s2: wave(200) })],
        [415, () => post(service).set('content-type', 'text/csv').send('1')],
      ];
      for (const [status, ask] of asks) {
        const answer = await ask();
        assert.equal(answer.status, status);
        assert.equal(answer.headers['access-control-allow-origin'], FRIEND, String(status));
        assert.match(answer.headers['access-control-expose-headers'] as string, /Retry-After/);
        assert.match(answer.headers.vary as string, /Origin/i);
      }
    });
  });

  it('can read that it asks too often, that the queue is full, and that time is up', async () => {
    const allowed = (answer: { status: number; headers: Record<string, string> }, status: number) => {
      assert.equal(answer.status, status);
      assert.equal(answer.headers['access-control-allow-origin'], FRIEND);
    };
    await withService({ ...env, RATE_LIMIT_PER_MINUTE: '1' }, async (service) => {
      await post(service).send(pair);
      allowed(await post(service).send(pair), 429);
    });
    const busy = { MAX_QUEUE: '0', MAX_CELLS: '100000000000', REQUEST_TIMEOUT_MS: '1500' };
    await withService({ ...env, ...busy }, async (service) => {
      const long = post(service, '/soft-dtw').send({ s1: wave(60_000), s2: wave(60_000) });
      const late = long.then((answer) => answer);
      await new Promise((resolve) => setTimeout(resolve, 400));
      allowed(await post(service, '/dtw?grad=true').send(pair), 503);
      allowed(await late, 504);
    });
    await withService({ ...env, RECEIVE_TIMEOUT_MS: '600' }, async ({ url }) => {
      const head = `POST /dtw HTTP/1.1\r\nhost: a\r\norigin: ${FRIEND}\r\nauthorization: Bearer key\r\n`;
      allowed(await exchange(url, `${head}content-type: application/json\r\ncontent-length: 99\r\n\r\n{`), 408);
    });
  });

  it('is told by a preflight what it may send, without a key', async () => {
    await withService({ ...env, RATE_LIMIT_PER_MINUTE: '1' }, async ({ request }) => {
      for (const path of ['/dtw', '/soft-dtw/cdist', '/livez', '/openapi.json', '/nowhere']) {
        const answer = await request
          .options(path)
          .set({ origin: FRIEND, 'access-control-request-method': 'POST' })
          .set('access-control-request-headers', 'authorization,content-type');
        assert.equal(answer.status, 204, path);
        assert.equal(answer.headers['access-control-allow-origin'], FRIEND);
        assert.match(answer.headers['access-control-allow-methods'] as string, /POST.*PUT.*DELETE/);
        assert.equal(answer.headers['access-control-allow-headers'], 'authorization,content-type');
        assert.equal(answer.headers['access-control-max-age'], '600');
      }
    });
  });
});

describe('any other page', () => {
  it('is not let in', async () => {
    await withService(env, async (service) => {
      for (const origin of ['https://c.example', 'https://a.example.evil', 'http://a.example', 'null']) {
        const answer = await post(service, '/dtw', origin).send(pair);
        assert.equal(answer.headers['access-control-allow-origin'], undefined, origin);
        const preflight = { origin, 'access-control-request-method': 'POST' };
        const asked = await service.request.options('/dtw').set(preflight);
        assert.equal(asked.headers['access-control-allow-origin'], undefined, origin);
      }
    });
  });
});

describe('OPTIONS that is no preflight', () => {
  it('is a method that no route has, with keys and without', async () => {
    for (const some of [env, { CORS_ORIGINS: FRIEND }, { API_KEYS: 'key' }, {}]) {
      await withService(some, async ({ request }) => {
        for (const [path, allow] of [
          ['/livez', 'GET'],
          ['/dtw', 'POST'],
        ] as const) {
          const answer = await request.options(path);
          assert.equal(answer.status, 405, path);
          assert.equal(answer.body.code, 'method_not_allowed');
          assert.equal(answer.headers.allow, allow);
        }
        assert.equal((await request.options('/nowhere')).status, 404);
      });
    }
  });
});
