import { buffer } from 'node:stream/consumers';
import type { Content } from '../formats/format.ts';
import type { Store } from '../store/store.ts';
import { FOOTER, layoutOfFooter, lengthsBytes } from './content-file.ts';
import { contentKey } from './memory.ts';

/** The content of a digest, to be written in any format: its series are streamed from the store, never all in memory. */
export async function contentOf(store: Store, digest: string): Promise<Content | undefined> {
  const key = contentKey(digest);
  const found = await store.stat(key);
  if (found === undefined) return undefined;
  const part = async (from: number, to: number): Promise<Buffer> => {
    const stream = await store.get(key, { from, to });
    if (stream === undefined) throw new Error(`${key} is gone`);
    return buffer(stream);
  };
  const { count, d, valuesBytes, labelsBytes } = layoutOfFooter(
    await part(found.bytes - FOOTER, found.bytes),
    found.bytes,
  );
  const afterLengths = valuesBytes + lengthsBytes(count);
  const tail = await part(valuesBytes, afterLengths);
  const lengths = new Int32Array(Uint8Array.from(tail).buffer, 0, count);
  const labels =
    labelsBytes > 0
      ? (JSON.parse(String(await part(afterLengths, afterLengths + labelsBytes))) as string[])
      : undefined;
  return {
    count,
    d,
    lengths,
    labels,
    series: () => seriesIn(store, key, lengths, d, valuesBytes),
    async at(k) {
      const from = 8 * d * lengths.subarray(0, k).reduce((sum, n) => sum + n, 0);
      return new Float64Array(Uint8Array.from(await part(from, from + 8 * d * lengths[k])).buffer);
    },
  };
}

async function* seriesIn(
  store: Store,
  key: string,
  lengths: Int32Array,
  d: number,
  valuesBytes: number,
): AsyncGenerator<Float64Array> {
  const stream = await store.get(key, { from: 0, to: valuesBytes });
  if (stream === undefined) throw new Error(`${key} is gone`);
  let k = 0;
  let values = new Float64Array(lengths[0] * d);
  let bytes = new Uint8Array(values.buffer);
  let filled = 0;
  for await (const piece of stream as AsyncIterable<Uint8Array>) {
    for (let at = 0; at < piece.length; ) {
      const part = Math.min(piece.length - at, bytes.length - filled);
      bytes.set(piece.subarray(at, at + part), filled);
      filled += part;
      at += part;
      if (filled < bytes.length) continue;
      yield values;
      values = new Float64Array((lengths[++k] ?? 0) * d);
      bytes = new Uint8Array(values.buffer);
      filled = 0;
    }
  }
}
