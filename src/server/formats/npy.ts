import { open } from 'node:fs/promises';
import { InvalidInput, loadNumpy, readSeries } from '../../core/server-door.ts';
import { decoded, itemsizeOf } from '../npz/decode.ts';
import { headerOf } from '../npz/npy.ts';
import { type Content, type Format, longestOf, type ReadOptions, type Sink } from './format.ts';

/** NumPy's own limit for a header, plus what precedes it. */
const MAX_HEADER = 10_000 + 12;
/** Bytes of series that are decoded at a time. */
const AT_ONCE = 4 * 2 ** 20;

/** One array: (n, sz) or (n, sz, d), padded with NaN as tslearn pads. */
export const npy: Format = {
  name: 'npy',
  mediaTypes: ['application/x-npy'],
  title: 'NumPy .npy',
  recognises: (first) => Buffer.from(first.subarray(0, 6)).toString('latin1') === '\x93NUMPY',

  async read(path, sink, options, poll) {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      await readStack(
        async (at, length) => {
          const buffer = Buffer.allocUnsafe(Math.min(length, size - at));
          await file.read(buffer, 0, buffer.length, at);
          return buffer;
        },
        size,
        sink,
        options,
        poll,
      );
    } finally {
      await file.close();
    }
  },

  async *write(content) {
    yield* stackOf(content);
  },
};

/**
 * Reads the series of an .npy in chunks.
 *
 * @param bytesAt reads the given number of bytes from an offset
 */
export async function readStack(
  bytesAt: (at: number, length: number) => Promise<Uint8Array>,
  size: number,
  sink: Sink,
  { layout }: Pick<ReadOptions, 'layout'>,
  poll: () => void,
): Promise<void> {
  const { header, dataOffset } = headerAt(await bytesAt(0, MAX_HEADER));
  const itemsize = itemsizeOf(header.descr);
  if (itemsize === undefined)
    throw new InvalidInput(`dtype ${header.descr}: send real numbers, such as float64`, ['X']);
  const [count, ...each] = header.shape;
  if (
    count === undefined ||
    each.length < 1 ||
    each.length > 2 ||
    !header.shape.every((n) => Number.isSafeInteger(n) && n >= 0)
  ) {
    throw new InvalidInput(`the array must have shape (n, sz) or (n, sz, d), not (${header.shape.join(', ')})`, ['X']);
  }
  if (header.fortran_order && count > 1) {
    throw new InvalidInput('the array is in Fortran order: save numpy.ascontiguousarray(X)', ['X']);
  }
  const one = each.reduce((product, n) => product * n, itemsize);
  if (dataOffset + one * count !== size) {
    throw new InvalidInput(
      `shape (${header.shape.join(', ')}) takes ${one * count} bytes, but there are ${size - dataOffset}`,
      ['X'],
    );
  }
  const several = Math.max(1, Math.floor(AT_ONCE / Math.max(1, one)));
  for (let k = 0; k < count; k += several) {
    poll();
    const rows = Math.min(several, count - k);
    const values = decoded(await bytesAt(dataOffset + k * one, rows * one), header.descr, rows * (one / itemsize));
    const length = values.length / rows;
    for (let row = 0; row < rows; row++) {
      const part = values.subarray(row * length, (row + 1) * length);
      const turned = layout === 'channels_first' && each.length === 2;
      const shape = turned ? [each[1], each[0]] : each;
      const data = turned ? transposed(part, each[0], each[1]) : part;
      sink.add(readSeries({ data, shape }, 'series', k + row));
    }
  }
}

/** A matrix (d, sz) as (sz, d). */
function transposed(values: Float64Array, d: number, sz: number): Float64Array {
  const turned = new Float64Array(values.length);
  for (let c = 0; c < d; c++) for (let i = 0; i < sz; i++) turned[i * d + c] = values[c * sz + i];
  return turned;
}

function headerAt(bytes: Uint8Array) {
  const { InvalidNpyError, parseNpyHeader, UnsupportedDTypeError } = loadNumpy();
  try {
    return parseNpyHeader(bytes.subarray(0, MAX_HEADER));
  } catch (error) {
    if (error instanceof InvalidNpyError || error instanceof UnsupportedDTypeError) {
      throw new InvalidInput(`the .npy file cannot be read: ${error.message.slice(0, 200)}`, ['X']);
    }
    throw error;
  }
}

/** Series padded with NaN to the longest, one after the other, as the bytes of an .npy. */
export async function* stackOf(content: Content): AsyncGenerator<Uint8Array> {
  const { count, d, series } = content;
  const longest = longestOf(content);
  yield headerOf('<f8', d === 1 ? [count, longest] : [count, longest, d]);
  const several = Math.max(1, Math.floor(AT_ONCE / 16 / (8 * longest * d)));
  let piece = new Float64Array(several * longest * d).fill(Number.NaN);
  let rows = 0;
  for await (const values of series()) {
    piece.set(values, rows * longest * d);
    if (++rows < several) continue;
    yield new Uint8Array(piece.buffer);
    piece = new Float64Array(several * longest * d).fill(Number.NaN);
    rows = 0;
  }
  if (rows > 0) yield new Uint8Array(piece.buffer, 0, 8 * rows * longest * d);
}
