import type { NpyMetadata } from 'numpy-ts';
import { type Grid, loadNumpy } from '../../core/server-door.ts';
import { decoded, decodedNpy, itemsizeOf } from './decode.ts';
import { malformed } from './malformed.ts';

/** NumPy's own limit for a header, plus what precedes it. Without a limit, a header of megabytes would take hours to match. */
export const MAX_HEADER = 10_000 + 12;

/** Numbers that are decoded at a time: what is in between stays small, and is polled for. */
const AT_ONCE = 2 ** 19;

/**
 * Reads an .npy file of real numbers into float64 in shared memory, row-major, whatever their type, byte order and memory order.
 *
 * @param poll called every few milliseconds
 * @throws Problem for a header that cannot be read or does not match the number of bytes, and for anything but real numbers
 */
export function readNpy(bytes: Uint8Array, name: string, poll: () => void): Grid {
  const metadata = reading(name, () => loadNumpy().parseNpyHeader(bytes.subarray(0, MAX_HEADER)));
  const itemsize = requireFit(metadata, bytes.length, name);
  const { descr, shape, fortran_order } = metadata.header;
  const { dataOffset } = metadata;
  const count = shape.reduce((product, one) => product * one, 1);
  const data = new Float64Array(new SharedArrayBuffer(8 * count));
  const order = fortran_order && shape.length > 1 ? fromFortran(shape) : undefined;
  if (count <= AT_ONCE && order === undefined) {
    data.set(reading(name, () => decodedNpy(bytes, metadata)));
    return { data, shape };
  }
  for (let from = 0; from < count; from += AT_ONCE) {
    poll();
    const some = Math.min(AT_ONCE, count - from);
    const piece = bytes.subarray(dataOffset + from * itemsize, dataOffset + (from + some) * itemsize);
    const values = reading(name, () => decoded(piece, descr, some));
    if (order === undefined) data.set(values, from);
    else for (const value of values) data[order()] = value;
  }
  return { data, shape };
}

/** Where the numbers of an array in Fortran order belong in C order, one after the other. */
function fromFortran(shape: readonly number[]): () => number {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, one) => product * one, 1));
  const index = shape.map(() => 0);
  let at = 0;
  return () => {
    const found = at;
    for (let axis = 0; axis < shape.length; axis++) {
      at += strides[axis];
      index[axis]++;
      if (index[axis] < shape[axis]) break;
      at -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
    return found;
  };
}

/** The memory that an .npy of so many bytes becomes as float64, by its first bytes: eight times as much if they say nothing else. */
export function decodedBytes(first: Uint8Array, length: number): number {
  try {
    const { header } = loadNumpy().parseNpyHeader(first.subarray(0, MAX_HEADER));
    return (8 * length) / (itemsizeOf(header.descr) || 1);
  } catch {
    return 8 * length; // it will be refused once it is read
  }
}

/** What numpy-ts cannot read is the caller's fault. */
function reading<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { InvalidNpyError, UnsupportedDTypeError } = loadNumpy();
    if (error instanceof InvalidNpyError || error instanceof UnsupportedDTypeError)
      throw malformed(error.message, name);
    throw error;
  }
}

/** numpy-ts silently accepts a negative length, and more bytes than the shape has. Returns the bytes of each number. */
function requireFit({ header: { descr, shape }, dataOffset }: NpyMetadata, length: number, name: string): number {
  const itemsize = itemsizeOf(descr);
  if (itemsize === undefined) throw malformed(`dtype ${descr}: send real numbers, such as float64`, name);
  if (dataOffset < 10 || !shape.every((one) => Number.isSafeInteger(one) && one >= 0)) {
    throw malformed('the array header cannot be read', name);
  }
  const needed = shape.reduce((product, one) => product * one, itemsize);
  if (dataOffset + needed !== length) {
    const text = `(${shape.join(', ')})`;
    throw malformed(`shape ${text} of ${descr} takes ${needed} bytes, but there are ${length - dataOffset}`, name);
  }
  return itemsize;
}
