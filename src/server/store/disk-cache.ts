import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Range, Store } from './store.ts';

/** Objects whose key ends in the sha256 of their bytes. */
const BY_DIGEST = /^content\/([0-9a-f]{64})$/;

/**
 * A store far away, of which this machine keeps the data sets that were read as a whole, by digest: the most recently used, up to a number of bytes. Several
 * processes may share the directory. A file that is not what its name says is never read.
 */
export async function withDiskCache(store: Store, folder: string, limit: number): Promise<Store> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return {
    ...store,
    async get(key, range) {
      const [, digest] = BY_DIGEST.exec(key) ?? [];
      if (digest === undefined) return store.get(key, range);
      const path = join(folder, digest);
      const kept = await read(path, range);
      if (kept) return kept;
      const found = range === undefined ? await store.stat(key) : undefined;
      if (found === undefined || found.bytes > limit / 2) return store.get(key, range);
      const stream = await store.get(key);
      // Where the disk is full, the store alone serves.
      if (stream === undefined || !(await keep(stream, path, digest).catch(() => false))) return store.get(key);
      await shrink(folder, limit);
      return (await read(path)) ?? store.get(key);
    },
  };
}

async function read(path: string, range?: Range): Promise<Readable | undefined> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return undefined;
  const now = new Date();
  await utimes(path, now, now).catch(() => {}); // it may have been removed meanwhile
  const { from = 0, to } = range ?? {};
  if (to !== undefined && to <= from) {
    await file.close();
    return undefined;
  }
  return createReadStream('', { fd: file, start: from, ...(to !== undefined && { end: to - 1 }) });
}

/** @returns whether the stream was what it should be, and is kept */
async function keep(stream: Readable, path: string, digest: string): Promise<boolean> {
  const unfinished = `${path}.${randomUUID()}`;
  const hash = createHash('sha256');
  stream.on('data', (piece) => hash.update(piece));
  try {
    await pipeline(stream, createWriteStream(unfinished, { mode: 0o600 }));
    if (hash.digest('hex') !== digest) return false;
    await rename(unfinished, path);
    return true;
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Removes what was not used for the longest time, and what processes that ended have left behind, until no more than `limit` bytes are left. */
export async function shrink(folder: string, limit: number): Promise<void> {
  const files: { path: string; bytes: number; at: number }[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (found) files.push({ path, bytes: found.size, at: found.mtimeMs });
  }
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  for (const file of files.toSorted((a, b) => a.at - b.at)) {
    if (bytes <= limit) return;
    await rm(file.path, { force: true });
    bytes -= file.bytes;
  }
}
