import { Readable } from 'node:stream';

/** A stream whose first chunk is available, so that an earlier failure is an ordinary error response. */
export async function begun(pieces: AsyncIterable<string | Uint8Array>): Promise<Readable> {
  return Readable.from(await withFirst(pieces), { objectMode: false });
}

/** The same values, once the first of them is there. @throws what it fails with before */
export async function withFirst<T>(values: AsyncIterable<T>): Promise<AsyncGenerator<T>> {
  const iterator = values[Symbol.asyncIterator]();
  const first = await iterator.next();
  const all = async function* () {
    if (!first.done) yield first.value;
    yield* { [Symbol.asyncIterator]: () => iterator };
  };
  return all();
}
