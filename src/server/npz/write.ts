import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Npy } from './npy.ts';

/** Bytes that are checksummed and written at a time, in a fraction of a millisecond. */
const PIECE = 256 * 1024;

/** An .npy file as a stream. */
export const npyStream = (npy: Npy): Readable => Readable.from(piecesOf(npy), { objectMode: false });

/** Named arrays as a streamed .npz, like numpy.savez. The same arrays always give the same bytes. */
export function npzStream(arrays: ReadonlyMap<string, Npy>): NodeJS.ReadableStream {
  const zip = new ZipFile();
  for (const [name, npy] of arrays) {
    const options = { compress: false, mtime: EPOCH, forceDosTimestamp: true };
    zip.addReadStreamLazy(`${name}.npy`, options, (done) => done(null, npyStream(npy)));
  }
  zip.end();
  return zip.outputStream;
}

/** The earliest time that a zip file can hold. */
export const EPOCH = new Date(1980, 0, 1);

function* piecesOf(npy: Npy): Generator<Buffer> {
  for (const { buffer, byteOffset, byteLength } of npy) {
    for (let at = 0; at < byteLength; at += PIECE) {
      yield Buffer.from(buffer, byteOffset + at, Math.min(PIECE, byteLength - at));
    }
  }
}

/** One array as an .npz, its .npy streamed; its size has to be known before. */
export async function* npzOfStream(
  name: string,
  bytes: number,
  npy: () => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const options = { compress: false, mtime: EPOCH, forceDosTimestamp: true, size: bytes };
  zip.addReadStreamLazy(`${name}.npy`, options, (done) => done(null, Readable.from(npy(), { objectMode: false })));
  zip.end();
  yield* zip.outputStream as Readable;
}
