import type { AnyArray, ComplexNumber, Flat, Leaf, PlainList, TypedArray } from './array-like.ts';
import type { Dtype } from './dtype.ts';
import { isNumpyArray, isTensor, isTypedArray } from './kinds.ts';

type Rows = readonly unknown[] | TypedArray;

/**
 * Reads a rectangular list of numbers. numpy-ts would fill a ragged one with NaN and read null as 0; here null is NaN.
 *
 * @param toList turns an array that is an element into a list
 * @returns float64, or bool, int64 (all bigint) or complex128 if the elements are
 * @throws RangeError that names the place of a ragged row or of an element that is not a number
 */
export function readList(given: unknown, toList: (array: AnyArray) => PlainList): Flat {
  const rowsOf = (value: unknown): Rows | undefined => {
    if (Array.isArray(value) || isTypedArray(value)) return value;
    if (!isNumpyArray(value) && !isTensor(value)) return undefined;
    const list = toList(value);
    return Array.isArray(list) ? list : undefined;
  };
  const shape: number[] = [];
  for (let first = given, rows = rowsOf(first); rows !== undefined; rows = rowsOf(first)) {
    shape.push(rows.length);
    first = rows[0];
  }
  const leaves: Leaf[] = [];
  const place: number[] = [];
  const walk = (value: unknown): void => {
    const rows = rowsOf(value);
    const length = shape[place.length];
    if (rows?.length !== length) {
      const found = rows === undefined ? 'a number' : `length ${rows.length}`;
      const wanted = length === undefined ? 'a number' : `length ${length}`;
      throw new RangeError(`ragged list: ${found} at ${show(place)} where its neighbours have ${wanted}`);
    }
    if (rows === undefined) leaves.push(leaf(value, place, toList));
    else {
      for (let i = 0; i < rows.length; i++) {
        place.push(i);
        walk(rows[i]);
        place.pop();
      }
    }
  };
  walk(given);
  return { ...pack(leaves), shape };
}

const show = (place: readonly number[]): string => `[${place.join('][')}]`;

function leaf(value: unknown, place: readonly number[], toList: (array: AnyArray) => PlainList): Leaf {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint')
    return value;
  if (isNumpyArray(value) || isTensor(value)) return toList(value) as Leaf; // without dimensions: one element
  if (typeof value === 'object' && 're' in value && 'im' in value) return value as ComplexNumber;
  throw new RangeError(
    `not a number at ${show(place)}: ${typeof value === 'string' ? JSON.stringify(value) : typeof value}`,
  );
}

function pack(leaves: readonly Leaf[]): { data: TypedArray; dtype: Dtype } {
  const all = (type: string) => leaves.length > 0 && leaves.every((value) => typeof value === type);
  if (all('boolean')) return { data: Uint8Array.from(leaves, Number), dtype: 'bool' };
  if (all('bigint')) return { data: BigInt64Array.from(leaves as bigint[]), dtype: 'int64' };
  const isComplex = (value: Leaf) => typeof value === 'object' && value !== null;
  const real = (value: Leaf): number => (value === null ? Number.NaN : Number(value));
  if (!leaves.some(isComplex)) return { data: Float64Array.from(leaves, real), dtype: 'float64' };
  const parts = leaves.flatMap((value) =>
    typeof value === 'object' && value ? [value.re, value.im] : [real(value), 0],
  );
  return { data: Float64Array.from(parts), dtype: 'complex128' };
}
