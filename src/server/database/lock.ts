import { createHash } from 'node:crypto';
import { mkdir, realpath, unlink } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** How long a process that is shutting down may take to close the database. */
const PATIENCE_MS = 10_000;

/**
 * Locks a directory until this process ends, for whatever reason: PGlite has no lock of its own, and two processes that open the same database each
 * see their own rows. The lock is a socket that a process listens on; one without a listener was left behind.
 *
 * @throws Error if another process has it
 */
export async function holdLock(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const place = await realpath(folder);
  const inside = join(place, '..', 'database.lock');
  // The path of a socket may have about a hundred characters.
  const path = Buffer.byteLength(inside) < 100 ? inside : join(tmpdir(), `warpserve-${digest(place)}.lock`);
  for (const deadline = performance.now() + PATIENCE_MS; ; await setTimeout(100)) {
    if (await listens(path)) return;
    if (!(await answers(path))) await unlink(path).catch(() => {});
    else if (performance.now() > deadline) throw new Error(`${place} is in use by another process`);
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const listens = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.end());
    server.once('error', () => resolve(false));
    server.listen(path, () => {
      server.unref();
      resolve(true);
    });
  });

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
