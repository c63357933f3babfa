import { fail } from 'node:assert';
import type { AnyArray, ArrayLike, PlainList } from '../../src/core/input/arrays/array-like.ts';
import { cast } from '../../src/core/tslearn/backend/index.ts';

/** Fails unless two arrays, lists or numbers have the same nesting and numbers within a tolerance, relative and absolute. */
export function assertClose(actual: ArrayLike | boolean, expected: PlainList | boolean, tolerance: number): void {
  const [a, b] = [asList(actual), asList(expected)];
  if (!same(a, b, tolerance)) fail(`${JSON.stringify(a)} is not ${JSON.stringify(b)}`);
}

const asList = (value: ArrayLike | boolean): PlainList =>
  typeof value === 'boolean' ? Number(value) : cast(value as AnyArray, 'list');

function same(a: PlainList, b: PlainList, tolerance: number): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, i) => same(element, b[i], tolerance));
  }
  if (typeof a === 'number' && typeof b === 'number') {
    return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
  }
  return typeof a === 'object' && 're' in a && typeof b === 'object' && 're' in b && a.re === b.re && a.im === b.im;
}
