import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Npy } from './npy.ts';

/** Bytes that are checksummed and written at a time, in a fraction of a millisecond. */
const PIECE = 256 * 1024;

/** An .npy file as a stream. */
export const npyStream = (npy: Npy): Readable => Readable.from(piecesOf(npy), { objectMode: false });

/** An .npy file that is made while it is sent, and its size, which a zip file has to know before. */
export interface StreamedNpy {
  readonly bytes: number;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Named arrays as a streamed .npz, like numpy.savez. The same arrays always give the same bytes. */
export function npzStream(arrays: ReadonlyMap<string, Npy | StreamedNpy>): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  for (const [name, npy] of arrays) {
    const isStreamed = 'pieces' in npy;
    const size = isStreamed ? npy.bytes : npy[0].byteLength + npy[1].byteLength;
    const options = { compress: false, mtime: EPOCH, forceDosTimestamp: true, size };
    zip.addReadStreamLazy(`${name}.npy`, options, (done) => {
      const file = isStreamed ? Readable.from(npy.pieces, { objectMode: false }) : npyStream(npy);
      // The library forwards no error of what it reads: unheard, it would end the process.
      file.once('error', (error) => output.destroy(error));
      output.once('close', () => file.destroy());
      done(null, file);
    });
  }
  zip.end();
  return output;
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
