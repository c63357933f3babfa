import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  futimesSync,
  openSync,
  readSync,
  readvSync,
  writevSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { EnvelopeShelf, ShelfPlace } from '../../core/server-door.ts';
import { shrink } from '../store/disk-cache.ts';

// A file for each part of the envelopes of a data set in one kind of windows: a header of 16 bytes (a mark, the CRC-32 of the rest, how many queries needed it), then
// the part as it is in memory.

const MARK = 0x32766e65; // env2
const HEADER = 16;

/** Where the envelopes of stored data sets are kept on this machine. */
export interface EnvelopeFolder {
  /** Shared with the data sets that were read from a bucket, and other processes. */
  readonly folder: string;
  /** Most bytes of it. */
  readonly bytes: number;
  /** The version of the code: others do not read what it has written. */
  readonly code: string;
}

/**
 * Files that outlast a search, on the disk of this machine. Several processes may write the same one at once: all of them write the same. One that is
 * damaged, or half written, is as if it were not there. Synchronous, for use on a worker.
 */
export function envelopeFiles({ folder, bytes, code }: EnvelopeFolder): EnvelopeShelf {
  let last = { key: '', name: '' };
  /** A search asks for one part after the other: their name is computed once. */
  const pathOf = ({ digest, windows, part }: ShelfPlace): string => {
    const key = `${digest}\n${windows}`;
    if (key !== last.key) {
      const [hex] = /[0-9a-f]{64}/.exec(digest) ?? ['part'];
      const name = createHash('sha256').update(`${code}\n${key}`).digest('hex');
      last = { key, name: `${hex}-envelopes-${name.slice(0, 32)}` };
    }
    return join(folder, `${last.name}-${part}`);
  };
  let isToShrink = false;
  /** After what this thread is at, which may put many parts. */
  const shrinkSoon = (): void => {
    if (isToShrink) return;
    isToShrink = true;
    setImmediate(() => {
      isToShrink = false;
      shrink(folder, bytes).catch(() => {}); // the folder may be gone
    });
  };
  return {
    read(place, into) {
      const path = pathOf(place);
      if (!existsSync(path)) return false;
      return withFile(path, constants.O_RDWR, (file) => {
        const header = headerOf(file);
        if (header === undefined || header.queries > place.queries) return false;
        const found = readvSync(file, into, HEADER);
        if (found !== sizeOf(into) || header.crc !== crcOf(into)) {
          ftruncateSync(file); // it is damaged: put it again
          return false;
        }
        const now = new Date();
        futimesSync(file, now, now);
        return true;
      });
    },
    put(place, part) {
      if (HEADER + sizeOf(part) > bytes / 2) return;
      const isPut = withFile(pathOf(place), constants.O_RDWR | constants.O_CREAT, (file) => {
        const there = headerOf(file);
        if (there && there.queries <= place.queries) return false; // another thread was first
        const header = Buffer.alloc(HEADER);
        header.writeUInt32LE(MARK, 0);
        header.writeUInt32LE(crcOf(part), 4);
        header.writeUInt32LE(place.queries, 8);
        writevSync(file, [header, ...part], 0);
        return true;
      });
      if (isPut) shrinkSoon();
    },
  };
}

function headerOf(file: number): { crc: number; queries: number } | undefined {
  const header = Buffer.alloc(HEADER);
  readSync(file, header, 0, HEADER, 0);
  if (header.readUInt32LE(0) !== MARK) return undefined;
  return { crc: header.readUInt32LE(4), queries: header.readUInt32LE(8) };
}

const sizeOf = (part: readonly (Int32Array | Float64Array)[]): number =>
  part.reduce((sum, { byteLength }) => sum + byteLength, 0);

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const crcOf = (part: readonly (Int32Array | Float64Array)[]): number =>
  part.reduce((crc, piece) => crc32(bytesOf(piece), crc), 0);

/** Does something with a file; what fails, because the disk is full or the folder is gone, is as if the file were not there. */
function withFile(path: string, flags: number, act: (file: number) => boolean): boolean {
  let file: number | undefined;
  try {
    file = openSync(path, flags, 0o600);
    return act(file);
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
