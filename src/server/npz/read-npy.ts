import { InvalidNpyError, type NpyMetadata, parseNpyData, parseNpyHeader, UnsupportedDTypeError } from 'numpy-ts';
import type { Grid } from '../../core/server-door.ts';
import { malformed } from './malformed.ts';

/** NumPy's own limit for a header, plus what precedes it. Without a limit, a header of megabytes would take hours to match. */
const MAX_HEADER = 10_000 + 12;

/** Real numbers: booleans, floats, signed and unsigned integers, and the size of each in bytes. */
const REAL = /^[<>=|]?[bfiu](\d+)$/;

/**
 * Reads an .npy file of real numbers into float64 in shared memory, row-major, whatever their type, byte order and memory order.
 *
 * @throws Problem for a header that cannot be read or does not match the number of bytes, and for anything but real numbers
 */
export function readNpy(bytes: Uint8Array, name: string): Grid {
  try {
    const metadata = parseNpyHeader(bytes.subarray(0, MAX_HEADER));
    requireFit(metadata, bytes.length, name);
    const array = parseNpyData(bytes, metadata);
    const data = new Float64Array(new SharedArrayBuffer(8 * array.size));
    const values = array.data;
    if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
      for (let at = 0; at < data.length; at++) data[at] = Number(values[at]);
    } else {
      data.set(values);
    }
    array.dispose();
    return { data, shape: metadata.header.shape };
  } catch (error) {
    if (error instanceof InvalidNpyError || error instanceof UnsupportedDTypeError)
      throw malformed(error.message, name);
    throw error;
  }
}

/** numpy-ts silently accepts a negative length, and more bytes than the shape has. */
function requireFit({ header: { descr, shape }, dataOffset }: NpyMetadata, length: number, name: string): void {
  const [, itemsize] = REAL.exec(descr) ?? [];
  if (itemsize === undefined) throw malformed(`dtype ${descr}: send real numbers, such as float64`, name);
  if (dataOffset < 10 || !shape.every((one) => Number.isSafeInteger(one) && one >= 0)) {
    throw malformed('the array header cannot be read', name);
  }
  const needed = shape.reduce((product, one) => product * one, Number(itemsize));
  if (dataOffset + needed !== length) {
    const text = `(${shape.join(', ')})`;
    throw malformed(`shape ${text} of ${descr} takes ${needed} bytes, but there are ${length - dataOffset}`, name);
  }
}
