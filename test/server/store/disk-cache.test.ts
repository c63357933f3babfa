import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import { beforeEach, describe, it } from 'node:test';
import { withDiskCache } from '../../../src/server/store/disk-cache.ts';
import { openStore } from '../../../src/server/store/open-store.ts';
import type { Store } from '../../../src/server/store/store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const content = (letter: string): Buffer => Buffer.alloc(1000, letter);

describe('the cache of a store on disk', () => {
  let store: Store;
  let cached: Store;
  let folder: string;
  const root = temporaryFolder();
  beforeEach(async () => {
    folder = mkdtempSync(join(root, 'cache-'));
    store = await openStore(`file:${mkdtempSync(join(root, 'store-'))}`);
    cached = await withDiskCache(store, folder, 2500);
  });
  const put = async (bytes: Buffer): Promise<string> => {
    const key = `content/${digestOf(bytes)}`;
    await store.put(key, bytes);
    return key;
  };
  const got = async (key: string): Promise<Buffer> => {
    const stream = await cached.get(key);
    assert.ok(stream);
    return buffer(stream);
  };

  it('serves a data set that was read once, and any part of it, without the store', async () => {
    const bytes = Buffer.from('0123456789'.repeat(100));
    const key = await put(bytes);
    assert.deepEqual(await got(key), bytes);
    await store.delete(key);
    assert.deepEqual(await got(key), bytes);
    const part = await cached.get(key, { from: 3, to: 6 });
    assert.ok(part);
    assert.equal(await text(part), '345');
  });

  it('keeps nothing but data sets, and none that would displace most others', async () => {
    await store.put('names/a', Buffer.from('x'));
    await got('names/a');
    await got(await put(Buffer.alloc(2000, 'l')));
    assert.deepEqual(readdirSync(folder), []);
  });

  it('forgets what was not used for the longest time', async () => {
    const keys = [];
    for (const letter of 'abc') {
      keys.push(await put(content(letter)));
      await got(keys.at(-1) as string);
      await new Promise((resolve) => setTimeout(resolve, 20)); // another time of use
    }
    assert.equal(readdirSync(folder).length, 2);
    await store.delete(keys[2] as string);
    assert.deepEqual(await got(keys[2] as string), content('c'));
  });

  it('keeps nothing that is not what its name says', async () => {
    const key = `content/${digestOf(content('x'))}`;
    await store.put(key, content('y'));
    assert.deepEqual(await got(key), content('y')); // whoever reads the store checks that
    assert.deepEqual(readdirSync(folder), []);
  });

  it('serves from the store where its directory is gone', async () => {
    const key = await put(content('z'));
    rmSync(folder, { recursive: true });
    assert.deepEqual(await got(key), content('z'));
  });
});
