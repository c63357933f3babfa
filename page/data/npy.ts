import type { Found, Wanted } from './parse.ts';
import { ParseError } from './parse-error.ts';
import type { Series } from './series.ts';

const readers: Readonly<Record<string, (view: DataView, at: number, little: boolean) => number>> = {
  f8: (view, at, little) => view.getFloat64(at, little),
  f4: (view, at, little) => view.getFloat32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  i4: (view, at, little) => view.getInt32(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  i1: (view, at) => view.getInt8(at),
  u4: (view, at, little) => view.getUint32(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  u1: (view, at) => view.getUint8(at),
};

/**
 * NumPy's .npy: a series is of shape (sz,) or (sz, d), a data set of shape (n, sz) or (n, sz, d), padded with NaN at the end.
 * Format: numpy.lib.format, versions 1 to 3.
 *
 * @throws ParseError when it is none, or has another shape or dtype
 */
export function readNpy(buffer: ArrayBuffer, wanted: Wanted): Found[] {
  const view = new DataView(buffer);
  const bytes = new Uint8Array(buffer);
  if (bytes[0] !== 0x93 || new TextDecoder().decode(bytes.subarray(1, 6)) !== 'NUMPY') {
    throw new ParseError('This is not an .npy file.');
  }
  const long = (bytes[6] as number) > 1;
  const start = long ? 12 : 10;
  const begin = start + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  const header = new TextDecoder().decode(bytes.subarray(start, begin));
  const [, order = '', type = ''] = /'descr': *'([<>|=])(\w+)'/.exec(header) ?? [];
  const shape = (/'shape': *\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .filter((part) => part.trim())
    .map(Number);
  const read = readers[type];
  if (read === undefined)
    throw new ParseError(`This .npy file holds ${type || 'no numbers'}: save float64 or another number.`);
  const size = Number(type.slice(1));
  const count = shape.reduce((product, length) => product * length, 1);
  if (begin + count * size > buffer.byteLength) throw new ParseError('This .npy file ends too early.');
  const flat = Array.from({ length: count }, (_, k) => read(view, begin + k * size, order !== '>'));
  return shaped(/'fortran_order': *True/.test(header) ? rowMajor(flat, shape) : flat, shape, wanted);
}

function shaped(flat: number[], shape: number[], wanted: Wanted): Found[] {
  const depth = wanted === 'series' ? shape.length : shape.length - 1;
  if (depth !== 1 && depth !== 2) {
    const allowed = wanted === 'series' ? '(sz,) or (sz, d)' : '(n, sz) or (n, sz, d)';
    throw new ParseError(`This array has the shape (${shape.join(', ')}): here it is ${allowed}.`);
  }
  const [steps = 0, width = 1] = depth === shape.length ? shape : shape.slice(1);
  const count = depth === shape.length ? 1 : (shape[0] as number);
  return Array.from({ length: count }, (_, k) => {
    const own = flat.slice(k * steps * width, (k + 1) * steps * width);
    const rows: Series =
      depth === 1 ? own : Array.from({ length: steps }, (_, t) => own.slice(t * width, (t + 1) * width));
    return { values: unpadded(rows) };
  });
}

/** Without the missing steps at its end. */
function unpadded(series: Series): Series {
  const missing = (row: number | readonly number[]) => [row].flat().every(Number.isNaN);
  return series.slice(0, (series as number[]).findLastIndex((row) => !missing(row)) + 1) as Series;
}

function rowMajor(flat: number[], shape: readonly number[]): number[] {
  const strides = shape.map((_, k) => shape.slice(0, k).reduce((product, length) => product * length, 1));
  return flat.map((_, at) => {
    let rest = at;
    let from = 0;
    for (let k = shape.length - 1; k >= 0; k--) {
      from += (rest % (shape[k] as number)) * (strides[k] as number);
      rest = Math.floor(rest / (shape[k] as number));
    }
    return flat[from] as number;
  });
}
