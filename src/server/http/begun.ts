import { Readable } from 'node:stream';

/** A stream whose first chunk is available, so that an earlier failure is an ordinary error response. */
export async function begun(pieces: AsyncIterable<string | Uint8Array>): Promise<Readable> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  const all = async function* () {
    if (!first.done) yield first.value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  };
  return Readable.from(all(), { objectMode: false });
}
