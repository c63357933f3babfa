import { createHash } from 'node:crypto';
import { closeSync, constants, futimesSync, openSync, readSync, readvSync, writeSync, writevSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { EnvelopeShelf, ShelfPlace } from '../../core/server-door.ts';
import { shrink } from '../store/disk-cache.ts';

// A file for the envelopes of a data set in one kind of windows, with holes where a block was not put yet. Each block has a header of 16 bytes: a mark, and the
// CRC-32 of its numbers, which are float64 in the machine's byte order.

const MARK = 0x31766e65; // env1
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
 * Files that outlast a thread, on the disk of this machine. Several processes may write the same block at once: all of them write the same. A block that is
 * damaged, or half written, is as if it were not there. Synchronous, for use on a worker.
 */
export function envelopeFiles({ folder, bytes, code }: EnvelopeFolder): EnvelopeShelf {
  const pathOf = ({ digest, windows, size }: ShelfPlace): string => {
    const [hex] = /[0-9a-f]{64}/.exec(digest) ?? ['part'];
    const name = createHash('sha256').update([code, digest, windows, size].join('\n')).digest('hex');
    return join(folder, `${hex}-envelopes-${name.slice(0, 32)}`);
  };
  let isToShrink = false;
  /** After what this thread is at, which may put many blocks. */
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
      const block = bytesOf(into);
      return withFile(pathOf(place), constants.O_RDWR, (file) => {
        const header = Buffer.alloc(HEADER);
        const found = readvSync(file, [header, block], offsetOf(place));
        if (header.readUInt32LE(0) !== MARK) return false;
        if (found < HEADER + block.length || header.readUInt32LE(4) !== crc32(block)) {
          writeSync(file, Buffer.alloc(HEADER), 0, HEADER, offsetOf(place)); // it is damaged: put it again
          return false;
        }
        const now = new Date();
        futimesSync(file, now, now);
        return true;
      });
    },
    put(place, numbers) {
      const block = bytesOf(numbers);
      if (HEADER + block.length > bytes / 2) return;
      const isPut = withFile(pathOf(place), constants.O_RDWR | constants.O_CREAT, (file) => {
        const header = Buffer.alloc(HEADER);
        readSync(file, header, 0, HEADER, offsetOf(place));
        if (header.readUInt32LE(0) === MARK) return false; // another thread was first
        header.writeUInt32LE(MARK, 0);
        header.writeUInt32LE(crc32(block), 4);
        writevSync(file, [header, block], offsetOf(place));
        return true;
      });
      if (isPut) shrinkSoon();
    },
  };
}

const offsetOf = ({ block, size }: ShelfPlace): number => block * (HEADER + 8 * size);

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

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
