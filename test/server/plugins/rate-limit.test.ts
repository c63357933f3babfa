import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { assertDocumented } from '../../support/assert-documented.ts';
import type { Service } from '../../support/start-service.ts';
import { withService } from '../../support/with-service.ts';

const pair = { s1: [1, 2, 3], s2: [3, 4, -3] };

/** How many of the given number of requests were not answered 429. */
async function passed(count: number, ask: (k: number) => Promise<{ status: number }>): Promise<number> {
  let passed = 0;
  for (let k = 0; k < count; k++) if ((await ask(k)).status !== 429) passed++;
  return passed;
}

const post = ({ request }: Service, authorization?: string) => {
  const asked = request.post('/dtw');
  if (authorization !== undefined) asked.set('authorization', authorization);
  return asked.send(pair);
};

describe('the rate limit', () => {
  const withKeys = { API_KEYS: 'alpha,beta', RATE_LIMIT_PER_MINUTE: '5' };

  it('counts one address, whatever it sends as Authorization', async () => {
    const random = () => randomBytes(9).toString('base64url');
    for (const env of [withKeys, { RATE_LIMIT_PER_MINUTE: '5' }]) {
      await withService(env, async (service) => {
        const sent = (k: number) => [`Bearer ${random()}`, random(), `Basic ${random()}`, `Bearer  alpha`][k % 4];
        assert.equal(await passed(40, (k) => post(service, sent(k))), 5);
      });
    }
  });

  it('counts a key however it is sent, and another key or a stranger by themselves', async () => {
    await withService(withKeys, async (service) => {
      assert.equal(await passed(20, (k) => post(service, `Bearer${' '.repeat(k + 2)}alpha`)), 5); // no key: the address
      assert.equal(await passed(8, () => post(service, 'Bearer alpha')), 5);
      assert.equal(await passed(8, () => post(service, 'Bearer beta')), 5);
      assert.equal(await passed(3, () => post(service)), 0);
    });
  });

  it('holds for documents, the page, and what is not there', async () => {
    const paths = [
      '/',
      '/openapi.json',
      '/docs/',
      '/docs/json',
      '/capabilities',
      '/errors',
      '/nowhere',
      '/%ff',
      '/dtw',
    ];
    await withService({ ...withKeys, TRUST_PROXY: 'loopback' }, async ({ request }) => {
      for (const [k, path] of paths.entries()) {
        const from = `192.0.2.${k}`; // each path asked for by another caller
        assert.equal(await passed(7, () => request.get(path).set('x-forwarded-for', from)), 5, path);
      }
    });
  });

  it('leaves health alone, and counts /metrics by itself', async () => {
    await withService(withKeys, async (service) => {
      assert.equal(await passed(9, () => post(service)), 5);
      for (const path of ['/livez', '/readyz']) assert.equal(await passed(90, () => service.request.get(path)), 90);
      assert.equal(await passed(70, () => service.request.get('/metrics')), 60);
    });
  });

  it('counts every request for a caller that no answer was given for', async () => {
    await withService({ ...withKeys, MAX_CELLS: '1' }, async (service) => {
      const statuses: number[] = [];
      const asks = [
        () => post(service, 'Bearer alpha'),
        () => service.request.post('/dtw').set('authorization', 'Bearer alpha').set('accept', 'text/html').send(pair),
        () => service.request.put('/dtw').set('authorization', 'Bearer alpha').send(pair),
        () => service.request.post('/dtw').set('authorization', 'Bearer alpha').send('x'),
        () => service.request.post('/nowhere').set('authorization', 'Bearer alpha').send(pair),
        () => post(service, 'Bearer alpha'),
      ];
      for (const ask of asks) statuses.push((await ask()).status);
      assert.deepEqual(statuses, [413, 406, 405, 415, 404, 429]);
    });
  });

  it('says so as documented, with how long to wait', async () => {
    await withService({ RATE_LIMIT_PER_MINUTE: '1' }, async (service) => {
      const good = await post(service);
      assert.deepEqual([good.headers['ratelimit-limit'], good.headers['ratelimit-remaining']], ['1', '0']);
      const refused = await post(service);
      assertDocumented(refused, 'post', '/dtw');
      assert.equal(refused.body.code, 'rate_limited');
      const wait = Number(refused.headers['retry-after']);
      assert.ok(wait > 50 && wait <= 60, `Retry-After: ${wait}`);
    });
  });

  it('counts the address behind a trusted proxy, and believes nobody else', async () => {
    const from = ({ request }: Service, address: string) => request.get('/errors').set('x-forwarded-for', address);
    await withService({ RATE_LIMIT_PER_MINUTE: '2' }, async (service) => {
      assert.equal(await passed(6, (k) => from(service, `192.0.2.${k}`)), 2);
    });
    await withService({ RATE_LIMIT_PER_MINUTE: '2', TRUST_PROXY: 'loopback' }, async (service) => {
      assert.equal(await passed(6, (k) => from(service, `192.0.2.${k}`)), 6);
      assert.equal(await passed(4, () => from(service, '192.0.2.99')), 2);
      assert.equal(await passed(4, (k) => from(service, `198.51.100.${k}, 192.0.2.77`)), 2); // only the last is the proxy's word
      assert.equal(await passed(6, (k) => from(service, `2001:db8:0:1::${k}`)), 2); // one network, 2^64 addresses
      assert.equal(await passed(1, () => from(service, '2001:db8:0:2::1')), 1);
    });
  });

  describe('of the keys in a file', () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'warpserve-keys-'));
      const lines = [
        { name: 'slow', key: 'tortoise', requests_per_minute: 2 },
        { name: 'fast', key: 'hare', requests_per_minute: 7, share: 3 },
        { name: 'free', key: 'bird', requests_per_minute: 0 },
        { name: 'usual', key: 'dog' },
      ];
      await writeFile(join(folder, 'keys'), lines.map((line) => JSON.stringify(line)).join('\n'));
    });
    after(() => rm(folder, { recursive: true }));

    it('is that of each key, and RATE_LIMIT_PER_MINUTE where it says none', async () => {
      await withService({ API_KEYS_FILE: join(folder, 'keys'), RATE_LIMIT_PER_MINUTE: '4' }, async (service) => {
        const counts: number[] = [];
        for (const key of ['tortoise', 'hare', 'bird', 'dog', 'nobody']) {
          counts.push(await passed(10, () => post(service, `Bearer ${key}`)));
        }
        assert.deepEqual(counts, [2, 7, 10, 4, 4]);
      });
    });

    it('is kept where nobody else has one', async () => {
      await withService({ API_KEYS: 'cat', API_KEYS_FILE: join(folder, 'keys') }, async (service) => {
        const counts: number[] = [];
        for (const key of ['tortoise', 'dog', 'cat', 'nobody']) {
          counts.push(await passed(10, () => post(service, `Bearer ${key}`)));
        }
        assert.deepEqual(counts, [2, 10, 10, 10]);
      });
    });
  });
});
