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
  const { parseNpyData, parseNpyHeader } = loadNumpy();
  const whole = Buffer.concat([headerOf(descr, [count]), bytes]);
  const array = parseNpyData(whole, parseNpyHeader(whole));
  const { data } = array;
  const values =
    data instanceof BigInt64Array || data instanceof BigUint64Array
      ? Float64Array.from(data, Number)
      : Float64Array.from(data as Float64Array);
  array.dispose();
  return values;
}
