import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { type Service, startService } from '../../support/start-service.ts';

const built = new URL('../../../dist/page/', import.meta.url);

describe('GET /', () => {
  let service: Service;
  before(async () => {
    service = await startService({ API_KEYS: 'secret' });
  });
  after(() => service.close());

  it('serves the page without a key, under a policy that forbids inline code and other hosts', async () => {
    const { status, headers, text } = await service.request.get('/').set('accept', 'text/html');
    assert.equal(status, 200);
    assert.match(headers['content-type'] as string, /^text\/html/);
    assert.equal(headers['cache-control'], 'no-cache');
    const policy = headers['content-security-policy'] as string;
    assert.match(policy, /default-src 'none'.*script-src 'self';style-src 'self'/);
    assert.doesNotMatch(policy, /unsafe|https?:|data:|\*/);
    assert.doesNotMatch(text, /<style|style=|<script>|\son\w+=/);
    const { origin } = new URL(service.url);
    assert.deepEqual(text.match(/https?:\/\/[^"]*/g), [`${origin}/card.png`]);
  });

  it('lets the files of the page be cached forever, and revalidates the page itself', async () => {
    const { text, headers } = await service.request.get('/');
    const [, script] = /src="\.(\/assets\/[^"]+\.js)"/.exec(text) ?? [];
    const asset = await service.request.get(script as string);
    assert.equal(asset.status, 200);
    assert.match(asset.headers['content-type'] as string, /javascript/);
    assert.equal(asset.headers['cache-control'], 'public, max-age=31536000, immutable');
    const again = await service.request.get('/').set('if-none-match', headers.etag as string);
    assert.equal(again.status, 304);
  });

  it('gives the picture for previews a whole address: of the host that was asked', async () => {
    const imageAt = async (host: string) => {
      const { text, status } = await service.request.get('/').set('host', host);
      assert.equal(status, 200);
      return /property="og:image" content="([^"]*)"/.exec(text)?.[1];
    };
    assert.equal(await imageAt('warp.example.org'), 'http://warp.example.org/card.png');
    assert.equal(await imageAt('[2001:db8::1]:8080'), 'http://[2001:db8::1]:8080/card.png');
    const elsewhere = await service.request.get('/').set('host', 'warp.example.org');
    const { headers } = await service.request.get('/');
    assert.notEqual(elsewhere.headers.etag, headers.etag);
    const { headers: packed } = await service.request.get('/index.html').set('accept-encoding', 'gzip');
    assert.equal(packed['content-encoding'], 'gzip');
    assert.match(packed.vary as string, /accept-encoding/i);
  });

  it('takes the host and the protocol that a trusted proxy names, and no other', async () => {
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'warp.example.org' };
    const imageOf = (text: string) => /property="og:image" content="([^"]*)"/.exec(text)?.[1];
    const { text: untrusted } = await service.request.get('/').set(forwarded);
    assert.equal(imageOf(untrusted), `${new URL(service.url).origin}/card.png`);
    const behind = await startService({ TRUST_PROXY: 'loopback' });
    const { text: trusted } = await behind.request.get('/').set(forwarded);
    assert.equal(imageOf(trusted), 'https://warp.example.org/card.png');
    // Behind a path, as Traefik names it.
    const from = { ...forwarded, 'x-forwarded-for': '192.0.2.7' };
    for (const [prefix, path] of [
      ['/time/similarity', '/time/similarity'],
      ['/similarity/', '/similarity'],
      ['/a"b', ''],
      ['//evil.example', ''],
      ['x', ''],
    ] as const) {
      const { text } = await behind.request.get('/').set({ ...from, 'x-forwarded-prefix': prefix });
      assert.equal(imageOf(text), `https://warp.example.org${path}/card.png`, prefix);
    }
    const { text: own } = await service.request.get('/').set({ ...from, 'x-forwarded-prefix': '/similarity' });
    assert.equal(imageOf(own), `${new URL(service.url).origin}/card.png`);
    for (const odd of ['a"onload="x', 'a<b>', 'a&b']) {
      const { text } = await behind.request.get('/').set({ ...forwarded, 'x-forwarded-host': odd });
      assert.equal(imageOf(text), './card.png', odd);
    }
    await behind.close();
  });

  it('sends its files as they were compressed when they were built, to whoever accepts that', async () => {
    const { text } = await service.request.get('/docs/');
    const [, script] = /src="\.\.(\/assets\/[^"]+\.js)"/.exec(text) ?? [];
    for (const encoding of ['br', 'gzip']) {
      const { headers } = await service.request.get(script as string).set('accept-encoding', encoding);
      assert.equal(headers['content-encoding'], encoding);
      assert.match(headers['content-type'] as string, /javascript/);
      assert.match(headers.vary as string, /accept-encoding/i);
    }
    const plain = await service.request.get(script as string).set('accept-encoding', 'identity');
    assert.equal(plain.headers['content-encoding'], undefined);
  });

  it('weighs at most 250 kB in all, compressed', () => {
    const files = readdirSync(built, { recursive: true, encoding: 'utf8' })
      .filter((name) => !/\.(br|gz)$/.test(name)) // each is there three times, and sent once
      .map((name) => new URL(name, built))
      .filter((file) => statSync(file).isFile());
    const bytes = files.map((file) => gzipSync(readFileSync(file)).length).reduce((sum, size) => sum + size);
    assert.ok(files.length > 5);
    assert.ok(bytes <= 250_000, `${bytes} bytes`);
  });

  it('answers 404 to a file that the page does not have, and 405 to POST /', async () => {
    assert.equal((await service.request.get('/assets/none.js')).body.code, 'not_found');
    assert.equal((await service.request.post('/')).body.code, 'method_not_allowed');
  });
});
