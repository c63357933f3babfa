import type { NpyMetadata } from 'numpy-ts';
import { loadNumpy } from '../../core/server-door.ts';
import { headerOf } from './npy.ts';

/** Real numbers in an .npy: booleans, floats, signed and unsigned integers, and the bytes that each takes. */
const REAL = /^[<>=|]?[bfiu](\d+)$/;

/** The bytes that one number of a dtype takes; undefined for what is no real number. */
export function itemsizeOf(descr: string): number | undefined {
  const [, itemsize] = REAL.exec(descr) ?? [];
  return itemsize === undefined ? undefined : Number(itemsize);
}

/** The given number of numbers of any real dtype as float64: numpy-ts reads them as an array of their own. */
export function decoded(bytes: Uint8Array, descr: string, count: number): Float64Array {
  const whole = Buffer.concat([headerOf(descr, [count]), bytes]);
  return decodedNpy(whole, loadNumpy().parseNpyHeader(whole));
}

/** The numbers of a whole .npy file of any real dtype as float64, in their order there. */
export function decodedNpy(npy: Uint8Array, metadata: NpyMetadata): Float64Array {
  const array = loadNumpy().parseNpyData(npy, metadata);
  const { data } = array;
  const values =
    data instanceof BigInt64Array || data instanceof BigUint64Array
      ? Float64Array.from(data, Number)
      : new Float64Array(data as Float64Array);
  array.dispose();
  return values;
}
