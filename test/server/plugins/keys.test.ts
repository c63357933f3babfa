import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { assertDocumented } from '../../support/assert-documented.ts';
import { exchange } from '../../support/exchange.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';
import { withService } from '../../support/with-service.ts';

const pair = { s1: [1, 2, 3], s2: [3, 4, -3] };

/** The routes that docs/operations.md has in its table of what needs a key. */
const open = [
  ...(readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8')
    .split(/<!-- .?open -->/)[1]
    ?.matchAll(/`GET (\/\S*)`/g) ?? []),
].map(([, path]) => path as string);

describe('where there are keys', () => {
  let service: Service;
  before(async () => {
    service = await startService({ API_KEYS: 'alpha, b=t@', CORS_ORIGINS: 'https://a.example' });
    await untilReady(service);
  });
  after(() => service.close());

  it('every route that docs/operations.md calls open is, and no other', async () => {
    assert.ok(open.includes('/livez') && open.includes('/docs') && open.includes('/'), open.join(' '));
    for (const path of open) assert.equal((await service.request.get(path).redirects(3)).status, 200, path);
    const { body: document } = await service.request.get('/openapi.json');
    for (const [path, methods] of Object.entries<Record<string, { security?: object[] }>>(document.paths)) {
      for (const [method, { security }] of Object.entries(methods)) {
        const { status } = await service.request[method as 'get'](path).send(method === 'get' ? undefined : {});
        assert.equal(status !== 401, open.includes(path), `${method} ${path}: ${status}`);
        assert.equal(security?.length === 0, open.includes(path), `the document's security of ${method} ${path}`);
      }
    }
  });

  it('nothing that computes answers without one, with any method', async () => {
    for (const path of ['/dtw', '/dtw/cdist', '/soft-dtw?grad=true', '//dtw', '/dtw/', '/%64tw', '/DTW']) {
      for (const method of ['get', 'post', 'put', 'head', 'options', 'delete'] as const) {
        const { status } = await service.request[method](path).send(method === 'head' ? undefined : pair);
        assert.ok([401, 404, 405].includes(status), `${method} ${path}: ${status}`);
      }
    }
  });

  it('pages load all their parts without one', async () => {
    for (const path of ['/', '/docs/']) {
      const { text } = await service.request.get(path).redirects(3);
      const parts = [...text.matchAll(/(?:src|href)="([^"#:]+)"/g)].map(([, part]) => part as string);
      assert.ok(parts.length >= 2, `${path} has parts: ${parts}`);
      for (const part of parts) {
        const found = new URL(part, `${service.url}${path}`).pathname;
        assert.equal((await service.request.get(found)).status, 200, found);
      }
    }
  });

  const ask = (authorization: string) =>
    exchange(
      service.url,
      `POST /dtw HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 28\r\n${authorization}\r\n\r\n${JSON.stringify(pair)}`,
    );
  it('a key is Bearer, one space and the key', async () => {
    for (const good of ['Authorization: Bearer alpha', 'authorization:Bearer b=t@', 'AUTHORIZATION:  Bearer alpha  ']) {
      assert.equal((await ask(good)).status, 200, good);
    }
  });
  it('anything else is 401', async () => {
    const bad = [
      'X-Nothing: 1',
      'Authorization:',
      'Authorization: alpha',
      'Authorization: Bearer',
      'Authorization: Bearer  alpha',
      'Authorization: Bearer\talpha',
      'Authorization: Bearer \talpha',
      'Authorization: bearer alpha',
      'Authorization: Bearer Bearer alpha',
      'Authorization: Bearer alpha alpha',
      'Authorization: Bearer alpha,',
      'Authorization: Bearer alpha, Bearer alpha',
      'Authorization: Bearer Alpha',
      'Authorization: Bearer alph',
      'Authorization: Bearer alphaa',
      'Authorization: Bearer alpha,b=t@',
      'Authorization: Bearer alpha\x80',
      'Authorization: Basic alpha',
      'Authorization: Bearer alpha\r\nAuthorization: Bearer alpha',
      'Authorization: Bearer nobody\r\nAuthorization: Bearer alpha',
      'Proxy-Authorization: Bearer alpha',
    ];
    for (const one of bad) {
      const { status, headers, body } = await ask(one);
      assert.equal(status, 401, one);
      assert.match(headers['www-authenticate'] ?? '', /^Bearer realm="warpserve"/, one);
      assert.equal(JSON.parse(body).code, 'unauthorized');
      assert.doesNotMatch(body, /alpha/);
    }
  });

  it('says it as the document does', async () => {
    assertDocumented(await service.request.post('/dtw').send(pair), 'post', '/dtw');
  });
});

describe('where there are no keys', () => {
  it('any Authorization is let in', async () => {
    await withService({}, async ({ request }) => {
      assert.equal((await request.post('/dtw').set('authorization', 'Basic x').send(pair)).status, 200);
    });
  });
});
