import { readBlock, readMatrix } from './arrays.ts';
import type { Matrix } from './matrix.ts';
import { ParseError } from './parse-error.ts';
import type { Choices, Reading, Wanted } from './reading.ts';
import { trimmed } from './table.ts';

const readers: Readonly<Partial<Record<string, (view: DataView, at: number, little: boolean) => number>>> = {
  f8: (view, at, little) => view.getFloat64(at, little),
  f4: (view, at, little) => view.getFloat32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  i4: (view, at, little) => view.getInt32(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  i1: (view, at) => view.getInt8(at),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  u4: (view, at, little) => view.getUint32(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  u1: (view, at) => view.getUint8(at),
  b1: (view, at) => view.getUint8(at),
};

/** An array as NumPy saved it, in row-major order. */
export interface NumpyArray<T = number> {
  readonly shape: readonly number[];
  readonly flat: readonly T[];
}

/** Whether bytes are an .npy file. */
export const isNpy = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x93 && new TextDecoder().decode(bytes.subarray(1, 6)) === 'NUMPY';

/** What the first lines of an .npy file say: numpy.lib.format, versions 1 to 3. */
function headerOf(bytes: Uint8Array, view: DataView) {
  const long = bytes[6] > 1;
  const start = long ? 12 : 10;
  const begin = start + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder().decode(bytes.subarray(start, begin));
  const [, order = '', type = ''] = /'descr': *'([<>|=])(\w+)'/.exec(header) ?? [];
  const shape = (/'shape': *\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((part) => part.trim())
    .map(Number);
  const count = shape.reduce((product, length) => product * length, 1);
  return { begin, type, shape, count, little: order !== '>', columnMajor: /'fortran_order': *True/.test(header) };
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The numbers of a float64 array of two axes, as the service sends it, without copying them. */
export function matrixIn(bytes: Uint8Array): Matrix {
  const { begin, shape, count } = headerOf(bytes, viewOf(bytes));
  const [rows = 0, columns = 0] = shape;
  return { rows, columns, values: new Float64Array(bytes.buffer, bytes.byteOffset + begin, count) };
}

/**
 * NumPy's .npy. Numbers, or strings (`U`) such as labels.
 *
 * @throws ParseError if it is not one, ends early, or has another dtype
 */
export function readArray(bytes: Uint8Array): NumpyArray<number | string> {
  if (!isNpy(bytes)) throw new ParseError('This is not an .npy file.');
  const view = viewOf(bytes);
  const { begin, type, shape, count, little, columnMajor } = headerOf(bytes, view);
  const number = readers[type];
  const letters = /^U(\d+)$/.exec(type)?.[1];
  if (number === undefined && letters === undefined) {
    const what = { O: 'Python objects', c8: 'complex numbers', c16: 'complex numbers', f2: 'float16' }[type];
    throw new ParseError(`This .npy file holds ${what ?? (type || 'no numbers')}: save it as float64, x.astype("f8").`);
  }
  const size = number ? Number(type.slice(1)) : 4 * Number(letters);
  if (begin + count * size > bytes.byteLength) throw new ParseError('This .npy file ends too early.');
  const at = (k: number) => begin + k * size;
  const flat = Array.from({ length: count }, (_, k) =>
    number ? number(view, at(k), little) : textAt(view, at(k), size, little),
  );
  return { shape, flat: columnMajor ? rowMajor(flat, shape) : flat };
}

/** The series of an .npy file: (sz,), (sz, d), (n, sz) or (n, sz, d), padded with NaN at the end. */
export function readNpy(bytes: Uint8Array, chosen: Choices, wanted: Wanted): Reading {
  const { shape, flat } = readArray(bytes);
  if (typeof flat[0] === 'string')
    throw new ParseError('This .npy file holds text: save float64 or another number type.');
  return seriesOf({ shape, flat: flat as number[] }, chosen, wanted);
}

/** The series of an array. */
export function seriesOf({ shape, flat }: NumpyArray, chosen: Choices, wanted: Wanted): Reading {
  const format = `an array of shape (${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  if (flat.length === 0) throw new ParseError(`This is ${format}: it is empty.`);
  if (shape.length === 1) return { format, series: [{ values: trimmed(flat) }], choices: {}, notes: [] };
  if (shape.length === 2) return { format, ...readMatrix(nested(flat, shape[1]), chosen, wanted) };
  if (shape.length === 3) {
    const [, sz = 0, d = 0] = shape;
    const { series, layout } = readBlock(nested(nested(flat, d), sz), chosen);
    return { format, series, choices: { layout }, notes: [] };
  }
  throw new ParseError(`This is ${format}: here it is (sz,), (sz, d), (n, sz) or (n, sz, d).`);
}

/** Rows of so many elements. */
export const nested = <T>(flat: readonly T[], length: number): T[][] =>
  Array.from({ length: flat.length / length }, (_, k) => flat.slice(k * length, (k + 1) * length));

function textAt(view: DataView, at: number, size: number, little: boolean): string {
  let text = '';
  for (let k = 0; k < size; k += 4) text += String.fromCodePoint(view.getUint32(at + k, little));
  return text.replace(/\0+$/, '');
}

function rowMajor<T>(flat: readonly T[], shape: readonly number[]): T[] {
  const strides = shape.map((_, k) => shape.slice(0, k).reduce((product, length) => product * length, 1));
  return flat.map((_, at) => {
    let rest = at;
    let from = 0;
    for (let k = shape.length - 1; k >= 0; k--) {
      from += (rest % shape[k]) * strides[k];
      rest = Math.floor(rest / shape[k]);
    }
    return flat[from] as T;
  });
}
