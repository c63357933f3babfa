import { type Grid, isGrid } from '../../core/server-door.ts';
import type { Dtype } from './named-types.ts';

/** An .npy file: its header, and the numbers in place, not copied. */
export type Npy = readonly [header: Uint8Array, data: Uint8Array];

/** An .npy file, version 1.0, of a grid, of nested lists of equal lengths, or of a single value. */
export function npyOf(value: unknown, dtype: Dtype): Npy {
  if (dtype === 'str') return textOf(String(value));
  const { data, shape } = isGrid(value) ? value : gridOf(value);
  if (dtype === 'bool') return [headerOf('|b1', shape), Uint8Array.from(data)];
  return dtype === 'int64' ? [headerOf('<i8', shape), int64(data)] : [headerOf('<f8', shape), bytesOf(float64(data))];
}

function gridOf(value: unknown): Grid {
  const shape: number[] = [];
  for (let part = value; Array.isArray(part); part = part[0]) shape.push(part.length);
  return { data: Float64Array.from([value].flat(shape.length + 1) as number[], Number), shape };
}

/** NumPy's header: a Python literal, padded so that the numbers start at a multiple of 64. */
export function headerOf(descr: string, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const length = Math.ceil((text.length + BEFORE + 1) / 64) * 64 - BEFORE;
  const header = Buffer.alloc(BEFORE + length, ' ');
  header.write('\x93NUMPY\x01\x00', 'latin1');
  header.writeUInt16LE(length, 8);
  header.write(text, BEFORE, 'latin1');
  header.write('\n', BEFORE + length - 1);
  return header;
}

/** Magic number, version and length of the header. */
const BEFORE = 10;

const float64 = (data: Grid['data']): Float64Array => (data instanceof Float64Array ? data : Float64Array.from(data));

/** Integers as in NumPy, written in two halves, which is many times faster than BigInt. */
function int64(data: Grid['data']): Uint8Array {
  const halves = new Int32Array(2 * data.length);
  for (let at = 0; at < data.length; at++) {
    const x = data[at];
    halves[2 * at] = x;
    halves[2 * at + 1] = Math.floor(x / 2 ** 32);
  }
  return bytesOf(halves);
}

/** A string as an array without dimensions, four bytes per code point. */
function textOf(text: string): Npy {
  const points = Uint32Array.from(text, (char) => char.codePointAt(0) as number);
  return [headerOf(`<U${points.length}`, []), bytesOf(points)];
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
