import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { openStore } from '../../../src/server/store/open-store.ts';
import { type Entry, StoreFailure } from '../../../src/server/store/store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('a store in a directory', () => {
  const root = temporaryFolder();
  const opened = openStore(`file:${root}`);
  const keys = async (prefix: string): Promise<string[]> => {
    const found: Entry[] = [];
    for await (const entry of (await opened).list(prefix)) found.push(entry);
    return found.map(({ key }) => key);
  };

  it('keeps what was put first under a key, and says so to whoever comes later', async () => {
    const store = await opened;
    assert.equal(await store.put('a/one', Buffer.from('first')), true);
    assert.equal(await store.put('a/one', Buffer.from('second')), false);
    const stream = await store.get('a/one');
    assert.ok(stream);
    assert.equal(await text(stream), 'first');
  });

  it('lets exactly one of many win that put at the same time', async () => {
    const store = await opened;
    const won = await Promise.all(
      Array.from({ length: 20 }, (_, k) => store.put('race/one', Buffer.from(`writer ${k}`))),
    );
    assert.equal(won.filter(Boolean).length, 1);
    const stream = await store.get('race/one');
    assert.ok(stream);
    assert.equal(await text(stream), `writer ${won.indexOf(true)}`);
  });

  it('reads any range of bytes', async () => {
    const store = await opened;
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
  });

  it('takes a file as it is', async () => {
    const store = await opened;
    const file = join(root, 'upload');
    writeFileSync(file, 'from a file');
    assert.equal(await store.put('a/file', { file }), true);
    assert.equal((await store.stat('a/file'))?.bytes, 11);
  });

  it('has nothing where nothing was put', async () => {
    const store = await opened;
    assert.equal(await store.get('a/none'), undefined);
    assert.equal(await store.stat('a/none'), undefined);
    assert.equal(await store.stat('a'), undefined);
    assert.deepEqual(await keys('none/'), []);
    await store.delete('a/none');
  });

  it('lists keys in their order, and forgets deleted ones with the folders that they leave empty', async () => {
    const store = await opened;
    for (const key of ['l/b/2', 'l/a', 'l/b/1', 'm/x']) await store.put(key, Buffer.from(key));
    assert.deepEqual(await keys('l/'), ['l/a', 'l/b/1', 'l/b/2']);
    await store.delete('l/b/1');
    await store.delete('l/b/2');
    assert.deepEqual(await keys('l/'), ['l/a']);
    assert.equal(existsSync(join(root, 'l/b')), false);
  });

  it('lets a reader read on when the object is deleted', async () => {
    const store = await opened;
    await store.put('a/long', Buffer.alloc(4 * 2 ** 20, 'x'));
    const stream = await store.get('a/long');
    assert.ok(stream);
    await store.delete('a/long');
    assert.equal((await buffer(stream)).length, 4 * 2 ** 20);
  });

  it('refuses keys that lead out of it', async () => {
    const store = await opened;
    for (const key of ['../x', 'a/../../x', '/etc/passwd', 'a//b', '.', 'a/.', '', 'a\0b', `a/${'x'.repeat(300)}`]) {
      await assert.rejects(store.put(key, Buffer.from('x')), RangeError, key);
      await assert.rejects(store.get(key), RangeError, key);
    }
  });

  it('never shows a half object of a process that was ended, and removes what it left after a day', async () => {
    const left = join(root, 'tmp', 'left-behind');
    writeFileSync(left, 'half');
    const old = new Date(Date.now() - 25 * 3600 * 1000);
    utimesSync(left, old, old);
    writeFileSync(join(root, 'tmp', 'young'), 'half');
    await openStore(`file:${root}`);
    assert.deepEqual(readdirSync(join(root, 'tmp')), ['young']);
  });

  it('fails as a store failure where the directory is gone or cannot be made', async () => {
    const gone = join(root, 'gone');
    const store = await openStore(`file:${gone}`);
    rmSync(gone, { recursive: true });
    await assert.rejects(store.put('a', Buffer.from('x')), StoreFailure);
    await assert.rejects(store.get('a'), StoreFailure);
    await assert.rejects(store.stat('a'), StoreFailure);
    await assert.rejects(store.list('a/')[Symbol.asyncIterator]().next(), StoreFailure);
    writeFileSync(join(root, 'a-file'), '');
    await assert.rejects(openStore(`file:${join(root, 'a-file', 'below')}`), StoreFailure);
    if (process.getuid?.() !== 0) {
      mkdirSync(join(root, 'locked'));
      chmodSync(join(root, 'locked'), 0o500);
      await assert.rejects(openStore(`file:${join(root, 'locked', 'below')}`), StoreFailure);
    }
  });

  it('fails at once where the file system makes no directories', { skip: !existsSync('/proc/self') }, async () => {
    await assert.rejects(openStore('file:/proc/none'), StoreFailure);
    await assert.rejects(openStore('file:/proc/self/none/below'), StoreFailure);
  });
});
