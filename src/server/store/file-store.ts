import { randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { access, link, mkdir, open, readdir, rename, rm, rmdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { asStoreFailure, type Content, type Entry, type Range, requireKey, type Store } from './store.ts';

/** Where objects are written before they get their names. */
const UNFINISHED = 'tmp';

/** File systems tell times apart by milliseconds, network ones by a second: a folder that changed just now may change again without another time. */
const SETTLED_MS = 2500;

/** Anything older than this under UNFINISHED was left by a process that ended. */
const LEFTOVER_MS = 24 * 3600 * 1000;

/**
 * A store in a directory. An object is written to a temporary file, flushed to disk, and only then linked under its name: a crash at any
 * moment leaves no partial object that could be read.
 *
 * @throws StoreFailure if the directory cannot be created or written
 */
export async function openFileStore(root: string): Promise<Store> {
  await failing(`${root} is not writable`, async () => {
    await makeFolder(join(root, UNFINISHED));
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
    await removeLeftovers(join(root, UNFINISHED));
  });
  const place = (key: string): string => {
    requireKey(key);
    return join(root, key);
  };
  /** What is absent is not there, unless the whole store has gone, such as a volume that was unmounted. */
  const found = async <T>(value: T): Promise<T> => {
    if (value === undefined) await stat(join(root, UNFINISHED));
    return value;
  };
  return {
    name: `file:${root}`,

    put: (key, content) =>
      failing(`${key} cannot be stored`, async () => {
        const to = place(key);
        if (await exists(to)) return false;
        const from = join(root, UNFINISHED, randomUUID());
        try {
          await bring(content, from);
          await linked(from, to);
        } catch (error) {
          if (codeOf(error) === 'EEXIST') return false;
          throw error;
        } finally {
          await rm(from, { force: true });
        }
        await sync(dirname(to));
        return true;
      }),

    get: (key, range) =>
      failing(`${key} cannot be read`, async () => {
        const file = await found(await open(place(key)).catch(absent));
        if (file === undefined || range?.to === undefined || range.to > range.from)
          return file && createReadStream('', { fd: file, ...inclusive(range) });
        await file.close();
        return Readable.from([]);
      }),

    stat: (key) =>
      failing(`${key} cannot be read`, async () => {
        const file = await found(await stat(place(key)).catch(absent));
        return file?.isFile() ? { key, bytes: file.size, at: file.mtimeMs } : undefined;
      }),

    stamp: (prefix) =>
      failing(`${prefix} cannot be looked at`, async () => {
        const folder = await found(await stat(join(root, prefix), { bigint: true }).catch(absent));
        if (folder === undefined || Date.now() - Number(folder.mtimeMs) < SETTLED_MS) return undefined;
        return `${folder.ino} ${folder.mtimeNs} ${folder.ctimeNs}`;
      }),

    async *list(prefix) {
      const folder = prefix.replace(/\/$/, '');
      await failing(`${folder} cannot be listed`, async () => found(await stat(join(root, folder)).catch(absent)));
      yield* entriesUnder(root, folder);
    },

    delete: (key) =>
      failing(`${key} cannot be deleted`, async () => {
        await rm(place(key), { force: true });
        await removeEmpty(root, dirname(place(key)));
      }),
  };
}

/** Makes a file of the content, whose bytes are on the disk when it resolves. A file on the same file system is moved, not copied. */
async function bring(content: Content, to: string): Promise<void> {
  if ('file' in content && (await moved(content.file, to))) return;
  const file = await open(to, 'wx');
  try {
    if ('file' in content) for await (const piece of createReadStream(content.file)) await file.writeFile(piece);
    else await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) === 'EXDEV') return false;
    throw error;
  }
  await sync(to);
  return true;
}

/** The folder may be removed as empty between its creation and its first object. */
async function linked(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await makeFolder(dirname(to));
      return await link(from, to);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || tries === 3) throw error;
    }
  }
}

/** Makes a folder and those above it. The `recursive` of mkdir never returns where a folder lets none be made in it, as those under /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || (await exists(dirname(path)))) throw error;
    await makeFolder(dirname(path));
    await makeFolder(path);
  }
}

async function sync(path: string): Promise<void> {
  const file = await open(path);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

async function* entriesUnder(root: string, folder: string): AsyncGenerator<Entry> {
  const found = await failing(`${folder} cannot be listed`, () =>
    readdir(join(root, folder), { withFileTypes: true }).catch(absent),
  );
  for (const one of (found ?? []).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const key = `${folder}/${one.name}`;
    if (one.isDirectory()) yield* entriesUnder(root, key);
    else {
      const now = await stat(join(root, key)).catch(absent); // it may have been deleted meanwhile
      if (now) yield { key, bytes: now.size, at: now.mtimeMs };
    }
  }
}

/** Removes folders that have become empty; one that is not, or that is being written to, stays. */
async function removeEmpty(root: string, folder: string): Promise<void> {
  for (let at = folder; at.length > root.length; at = dirname(at)) {
    const left = await readdir(at).catch(absent);
    if (left === undefined || left.length > 0) return;
    await rmdir(at).catch(() => {});
  }
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(absent);
    if (found && Date.now() - found.mtimeMs > LEFTOVER_MS) await unlink(path).catch(absent);
  }
}

const inclusive = (range: Range | undefined) =>
  range && { start: range.from, ...(range.to !== undefined && { end: range.to - 1 }) };

const exists = async (path: string): Promise<boolean> => (await stat(path).catch(absent)) !== undefined;

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

/** An absent file is not a failure. */
function absent(error: unknown): undefined {
  const code = codeOf(error);
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
}

async function failing<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw asStoreFailure(what, error);
  }
}
