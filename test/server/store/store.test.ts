import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { openStore } from '../../../src/server/store/open-store.ts';
import { type Entry, type Store, StoreFailure } from '../../../src/server/store/store.ts';
import { type Failing, type S3Server, startFlakyProxy, startS3, withoutS3 } from '../../support/start-s3.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** What holds of every store. */
function contract(opened: () => Promise<Store>): void {
  const temporary = temporaryFolder();
  const keys = async (prefix: string): Promise<string[]> => {
    const found: Entry[] = [];
    for await (const entry of (await opened()).list(prefix)) found.push(entry);
    return found.map(({ key }) => key);
  };

  it('keeps what was put first under a key, and says so to whoever comes later', async () => {
    const store = await opened();
    assert.equal(await store.put('a/one', Buffer.from('first')), true);
    assert.equal(await store.put('a/one', Buffer.from('second')), false);
    const stream = await store.get('a/one');
    assert.ok(stream);
    assert.equal(await text(stream), 'first');
  });

  it('lets exactly one of many win that put at the same time', async () => {
    const store = await opened();
    const won = await Promise.all(
      Array.from({ length: 20 }, (_, k) => store.put('race/one', Buffer.from(`writer ${k}`))),
    );
    assert.equal(won.filter(Boolean).length, 1);
    const stream = await store.get('race/one');
    assert.ok(stream);
    assert.equal(await text(stream), `writer ${won.indexOf(true)}`);
  });

  it('reads any range of bytes', async () => {
    const store = await opened();
    await store.put('a/ranges', Buffer.from('0123456789'));
    for (const [range, wanted] of [
      [{ from: 0, to: 3 }, '012'],
      [{ from: 7 }, '789'],
      [{ from: 4, to: 5 }, '4'],
    ] as const) {
      const stream = await store.get('a/ranges', range);
      assert.ok(stream);
      assert.equal(await text(stream), wanted);
    }
    for (const range of [{ from: 5, to: 5 }, { from: 10 }, { from: 30, to: 40 }]) {
      const nothing = await store.get('a/ranges', range);
      assert.ok(nothing);
      assert.equal(await text(nothing), '', JSON.stringify(range));
    }
    assert.equal(await store.get('a/nothing', { from: 5, to: 5 }), undefined);
  });

  it('stores what is larger than one request, from memory and from a file', async () => {
    const store = await opened();
    const bytes = randomBytes(40 * 2 ** 20 + 3);
    const file = join(temporary, 'large');
    writeFileSync(file, bytes);
    assert.equal(await store.put('large/file', { file }), true);
    assert.equal(await store.put('large/bytes', bytes), true);
    assert.equal(await store.put('large/bytes', bytes), false);
    for (const key of ['large/file', 'large/bytes']) {
      assert.equal((await store.stat(key))?.bytes, bytes.length);
      const stream = await store.get(key);
      assert.ok(stream);
      assert.ok((await buffer(stream)).equals(bytes), key);
      const range = await store.get(key, { from: 17 * 2 ** 20, to: 39 * 2 ** 20 });
      assert.ok(range);
      assert.ok((await buffer(range)).equals(bytes.subarray(17 * 2 ** 20, 39 * 2 ** 20)), `a range of ${key}`);
    }
  });

  it('takes a file as it is', async () => {
    const store = await opened();
    const file = join(temporary, 'upload');
    writeFileSync(file, 'from a file');
    assert.equal(await store.put('a/file', { file }), true);
    assert.equal((await store.stat('a/file'))?.bytes, 11);
  });

  it('has nothing where nothing was put', async () => {
    const store = await opened();
    assert.equal(await store.get('a/none'), undefined);
    assert.equal(await store.stat('a/none'), undefined);
    assert.equal(await store.stat('a'), undefined);
    assert.deepEqual(await keys('none/'), []);
    await store.delete('a/none');
  });

  it('lists keys in their order, page by page, and forgets deleted ones', async () => {
    const store = await opened();
    const many = Array.from({ length: 20 }, (_, k) => `many/${String(k).padStart(3, '0')}`);
    for (const key of ['l/b/2', 'l/a', 'l/b/1', 'm/x', ...many]) await store.put(key, Buffer.from(key));
    assert.deepEqual(await keys('many/'), many);
    assert.deepEqual(await keys('l/'), ['l/a', 'l/b/1', 'l/b/2']);
    await store.delete('l/b/1');
    await store.delete('l/b/2');
    assert.deepEqual(await keys('l/'), ['l/a']);
  });

  it('lets a reader read on when the object is deleted', async () => {
    const store = await opened();
    await store.put('a/long', Buffer.alloc(4 * 2 ** 20, 'x'));
    const stream = await store.get('a/long');
    assert.ok(stream);
    await store.delete('a/long');
    assert.equal((await buffer(stream)).length, 4 * 2 ** 20);
  });

  it('refuses keys that lead out of it', async () => {
    const store = await opened();
    for (const key of ['../x', 'a/../../x', '/etc/passwd', 'a//b', '.', 'a/.', '', 'a\0b', `a/${'x'.repeat(300)}`]) {
      await assert.rejects(store.put(key, Buffer.from('x')), RangeError, key);
      await assert.rejects(store.get(key), RangeError, key);
    }
  });
}

describe('a store in a directory', () => {
  const store = openStore(`file:${temporaryFolder()}`);
  contract(() => store);
});

describe('a store in S3', { skip: withoutS3 }, () => {
  let server: S3Server;
  let store: Promise<Store>;
  before(async () => {
    server = await startS3();
    Object.assign(process.env, server.env);
    store = openStore(server.env.STORE_URL as string);
  });
  contract(() => store);

  it('has its objects under a prefix, beside those of other stores', async () => {
    const other = await openStore('s3://warpserve/a');
    await (await store).put('own/object', Buffer.from('x'));
    assert.equal((await other.stat('prefix/own/object'))?.bytes, 1);
    assert.equal(await other.stat('own/object'), undefined);
    assert.equal((await openStore('s3://warpserve')).name, 's3://warpserve/');
  });

  it('leaves nothing of the probe that it begins with', async () => {
    const found: string[] = [];
    for await (const { key } of (await store).list('probe/')) found.push(key);
    assert.deepEqual(found, []);
  });

  it('fails as a store failure where there is no bucket', async () => {
    await assert.rejects(openStore('s3://no-such-bucket/x'), StoreFailure);
  });
  after(() => server.end());
});

for (const [faults, failing] of [
  ['one request in five answers 500 before it is done', (count) => (count % 5 === 0 ? 'before' : undefined)],
  ['one request in five answers 500 although it is done', (count) => (count % 5 === 0 ? 'after' : undefined)],
] as [string, Failing][]) {
  describe(`a store in S3 where ${faults}`, { skip: withoutS3 }, () => {
    let server: S3Server;
    let proxy: Awaited<ReturnType<typeof startFlakyProxy>>;
    let store: Promise<Store>;
    before(async () => {
      server = await startS3();
      proxy = await startFlakyProxy(server, failing);
      Object.assign(process.env, proxy.env);
      store = openStore(proxy.env.STORE_URL as string);
    });
    contract(() => store);

    it('was tested with such faults', () => assert.ok(proxy.failed() > 20, `${proxy.failed()} failed`));
    after(async () => {
      await proxy.end();
      await server.end();
    });
  });
}

describe('a store in S3 whose connections break off', { skip: withoutS3 }, () => {
  it('reads on where it was', async () => {
    const server = await startS3();
    let broken = 0;
    const proxy = await startFlakyProxy(server, () => (broken++ % 3 === 0 ? undefined : 'broken'));
    try {
      Object.assign(process.env, proxy.env);
      const store = await openStore(proxy.env.STORE_URL as string);
      const bytes = randomBytes(9 * 2 ** 20);
      await store.put('long', bytes);
      for (const range of [undefined, { from: 1000 }, { from: 1000, to: 8 * 2 ** 20 }]) {
        const stream = await store.get('long', range);
        assert.ok(stream);
        assert.ok((await buffer(stream)).equals(bytes.subarray(range?.from, range?.to)), JSON.stringify(range));
      }
      assert.ok(proxy.failed() > 3, `${proxy.failed()} broke off`);
    } finally {
      await proxy.end();
      await server.end();
    }
  });
});
