import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openStore } from '../../../src/server/store/open-store.ts';
import { StoreFailure } from '../../../src/server/store/store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('a store in a directory', () => {
  const root = temporaryFolder();

  it('forgets the folders that deleted objects leave empty', async () => {
    const store = await openStore(`file:${root}`);
    for (const key of ['l/b/2', 'l/a']) await store.put(key, Buffer.from(key));
    await store.delete('l/b/2');
    assert.equal(existsSync(join(root, 'l/b')), false);
    assert.equal(existsSync(join(root, 'l')), true);
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

  it('has a stamp that changes with what lies in a folder, and none shortly after a change', async () => {
    const store = await openStore(`file:${root}`);
    const stamp = () => store.stamp?.('s/');
    assert.equal(await stamp(), undefined);
    await store.put('s/1', Buffer.from('x'));
    assert.equal(await stamp(), undefined, 'it has just changed');
    const settled = (seconds: number) => {
      const then = new Date(Date.now() - 1000 * seconds);
      utimesSync(join(root, 's'), then, then);
    };
    settled(60);
    const first = await stamp();
    assert.ok(first);
    assert.equal(await stamp(), first);
    await store.put('s/2', Buffer.from('y'));
    settled(60);
    assert.notEqual(await stamp(), first);
  });

  it('fails as a store failure where the directory is gone or cannot be made', async () => {
    const gone = join(root, 'gone');
    const store = await openStore(`file:${gone}`);
    rmSync(gone, { recursive: true });
    await assert.rejects(store.put('a', Buffer.from('x')), StoreFailure);
    await assert.rejects(store.get('a'), StoreFailure);
    await assert.rejects(store.stat('a'), StoreFailure);
    await assert.rejects(async () => store.stamp?.('a/'), StoreFailure);
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
