import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Problem } from '../http/errors.ts';
import { asStoreFailure } from '../store/store.ts';

/** The folders of uploads, beside whatever else is called so. */
const PREFIX = 'warpserve-';
const NAMED = new RegExp(`^${PREFIX}[A-Za-z0-9]{6}$`);
/** No upload takes as long. */
const LEFTOVER_MS = 24 * 3600 * 1000;

/** Removes what was being received by processes that were killed. */
export async function removeLeftUploads(folder = tmpdir()): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!NAMED.test(name)) continue;
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isDirectory() || found.uid !== (process.getuid?.() ?? found.uid)) continue;
    if (Date.now() - found.mtimeMs > LEFTOVER_MS) await rm(path, { recursive: true, force: true }).catch(() => {}); // somebody else does it
  }
}

/** A body that was received into a file, in a directory of its own. */
export class Upload {
  readonly folder: string;
  readonly bytes: number;

  constructor(folder: string, bytes: number) {
    this.folder = folder;
    this.bytes = bytes;
  }

  /** The body. */
  get path(): string {
    return join(this.folder, 'body');
  }

  /** Where to write its canonical form. */
  get canonical(): string {
    return join(this.folder, 'content');
  }

  /** Removes both. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Receives a body into a file: it may be larger than memory. @throws Problem above the limit; StoreFailure if it cannot be written */
export async function receive(body: NodeJS.ReadableStream, limit: number, folder = tmpdir()): Promise<Upload> {
  const own = await mkdtemp(join(folder, PREFIX)).catch((error) => {
    throw asStoreFailure('an upload cannot be received', error);
  });
  let bytes = 0;
  const counted = new Transform({
    transform(piece, _encoding, done) {
      bytes += piece.length;
      done(bytes > limit ? tooLarge(limit) : null, piece);
    },
  });
  try {
    await pipeline(body, counted, createWriteStream(join(own, 'body')));
    return new Upload(own, bytes);
  } catch (error) {
    await rm(own, { recursive: true, force: true });
    throw asStoreFailure('an upload cannot be received', error);
  }
}

export const tooLarge = (limit: number): Problem =>
  new Problem(
    'body_too_large',
    `a data set may have at most ${limit} bytes (MAX_DATASET_BYTES): send fewer series, or several data sets`,
  );
