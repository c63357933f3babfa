import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Npy } from './npy.ts';

/** So much is checked and written at a time: a fraction of a millisecond. */
const PIECE = 256 * 1024;

/** An .npy file as a stream. */
export const npyStream = (npy: Npy): Readable => Readable.from(piecesOf(npy), { objectMode: false });

/** Named arrays as an .npz, as numpy.savez writes one, in a stream. The same arrays always make the same bytes. */
export function npzStream(arrays: ReadonlyMap<string, Npy>): NodeJS.ReadableStream {
  const zip = new ZipFile();
  for (const [name, npy] of arrays) {
    const options = { compress: false, mtime: EPOCH, forceDosTimestamp: true };
    zip.addReadStreamLazy(`${name}.npy`, options, (done) => done(null, npyStream(npy)));
  }
  zip.end();
  return zip.outputStream;
}

/** Where the time of a zip file begins. */
const EPOCH = new Date(1980, 0, 1);

function* piecesOf(npy: Npy): Generator<Buffer> {
  for (const { buffer, byteOffset, byteLength } of npy) {
    for (let at = 0; at < byteLength; at += PIECE) {
      yield Buffer.from(buffer, byteOffset + at, Math.min(PIECE, byteLength - at));
    }
  }
}
