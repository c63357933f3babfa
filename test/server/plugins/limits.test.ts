import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';

const pair = { s1: [1, 2, 3], s2: [3, 4, -3] };

async function withService(env: Record<string, string>, use: (service: Service) => Promise<void>): Promise<void> {
  const service = await startService(env);
  try {
    await untilReady(service);
    await use(service);
  } finally {
    await service.close();
  }
}

describe('keys', () => {
  it('are required if configured, but not for health checks and documentation', async () => {
    await withService({ API_KEYS: 'first, second' }, async ({ request }) => {
      const none = await request.post('/dtw').send(pair);
      assert.equal(none.status, 401);
      assertDocumented(none, 'post', '/dtw');
      assert.equal(none.body.code, 'unauthorized');
      assert.match(none.headers['www-authenticate'] as string, /^Bearer realm/);
      const wrong = await request.post('/dtw').set('authorization', 'Bearer third').send(pair);
      assert.equal(wrong.status, 401);
      const right = await request.post('/dtw').set('authorization', 'Bearer second').send(pair);
      assert.equal(right.status, 200);
      for (const path of ['/livez', '/readyz', '/openapi.json', '/errors', '/metrics']) {
        assert.equal((await request.get(path)).status, 200, path);
      }
    });
  });

  it('close /metrics too if configured', async () => {
    await withService({ API_KEYS: 'key', METRICS_OPEN: 'false' }, async ({ request }) => {
      assert.equal((await request.get('/metrics')).status, 401);
    });
  });
});

describe('the rate limit', () => {
  it('answers 429 with Retry-After, by key, and leaves health alone', async () => {
    await withService({ API_KEYS: 'a,b', RATE_LIMIT_PER_MINUTE: '3' }, async ({ request }) => {
      const post = (key: string) => request.post('/dtw').set('authorization', `Bearer ${key}`).send(pair);
      for (let k = 0; k < 3; k++) assert.equal((await post('a')).status, 200);
      const refused = await post('a');
      assert.equal(refused.status, 429);
      assertDocumented(refused, 'post', '/dtw');
      assert.equal(refused.body.code, 'rate_limited');
      assert.ok(Number(refused.headers['retry-after']) >= 1);
      assert.equal((await post('b')).status, 200);
      assert.equal((await request.get('/livez')).status, 200);
    });
  });
});

describe('bodies', () => {
  const text = JSON.stringify(pair);
  const encodings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync };

  it('may be compressed, and count against the limit after decompression', async () => {
    await withService({ MAX_BODY_BYTES: '100000' }, async ({ request }) => {
      const send = (encoding: string, body: Buffer) =>
        request
          .post('/dtw')
          .set('content-type', 'application/json')
          .set('content-encoding', encoding)
          .serialize((x) => x)
          .send(body as never);
      for (const [encoding, compress] of Object.entries(encodings)) {
        assert.equal((await send(encoding, compress(text))).status, 200, encoding);
        const bomb = await send(encoding, compress(`{"s1":[${'1,'.repeat(5_000_000)}1],"s2":[1]}`));
        assert.equal(bomb.status, 413, encoding);
        assert.equal(bomb.body.code, 'body_too_large');
      }
      const broken = await send('gzip', Buffer.from('not gzip'));
      assert.equal(broken.status, 400, broken.text);
      const unknown = await send('lzw', Buffer.from(text));
      assert.equal(unknown.status, 415, unknown.text);
      assert.equal((await request.post('/dtw').send(pair)).status, 200);
    });
  });
});

describe('an event loop that falls behind', () => {
  it('does not refuse requests right after a slow start', async () => {
    const service = await startService({ MAX_EVENT_LOOP_DELAY_MS: '1000' });
    try {
      for (const until = performance.now() + 3000; performance.now() < until; );
      for (let k = 0; k < 3; k++) assert.equal((await service.request.post('/dtw').send(pair)).status, 200);
    } finally {
      await service.close();
    }
  });
  it('503 with Retry-After until it has caught up, while health answers', async () => {
    await withService({ MAX_EVENT_LOOP_DELAY_MS: '50' }, async ({ request }) => {
      const blocked = () => {
        const until = performance.now() + 300;
        while (performance.now() < until); // this is the service's loop, too
        return request.post('/dtw').send(pair);
      };
      let refused = await blocked();
      for (let tries = 0; refused.status !== 503 && tries < 50; tries++) refused = await blocked(); // it is sampled once a second
      assert.equal(refused.status, 503);
      assert.equal(refused.body.code, 'overloaded');
      assert.ok(Number(refused.headers['retry-after']) > 0);
      assert.equal((await request.get('/livez')).status, 200);
    });
  });
});

describe('browsers', () => {
  it('are allowed from configured origins, and get the headers that protect pages', async () => {
    await withService({ CORS_ORIGINS: 'https://example.org' }, async ({ request }) => {
      const friend = await request.post('/dtw').set('origin', 'https://example.org').send(pair);
      assert.equal(friend.headers['access-control-allow-origin'], 'https://example.org');
      const stranger = await request.post('/dtw').set('origin', 'https://example.com').send(pair);
      assert.equal(stranger.headers['access-control-allow-origin'], undefined);
      assert.equal(friend.headers['x-content-type-options'], 'nosniff');
    });
  });
});

describe('GET /metrics', () => {
  it('counts requests by route, status and code, and the seconds of kernels', async () => {
    await withService({}, async ({ request }) => {
      await request.post('/dtw').send(pair);
      await request.post('/dtw').send({ s1: [] });
      const { text, headers } = await request.get('/metrics');
      assert.match(headers['content-type'] as string, /^text\/plain/);
      assert.match(text, /warpserve_requests_total\{route="\/dtw",status="200",code=""\} 1/);
      assert.match(text, /warpserve_requests_total\{route="\/dtw",status="400",code="empty_series"\} 1/);
      assert.match(text, /warpserve_compute_seconds_total\{metric="dtw",backend="numpy"\} [\d.e-]+/);
      assert.match(text, /nodejs_eventloop_lag_seconds/);
    });
  });
});
