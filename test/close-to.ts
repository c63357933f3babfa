import { AssertionError } from 'node:assert';

/** How far two numbers may lie apart: the sum of an absolute part and one relative to the expected number. */
export interface Tolerance {
  readonly relative?: number;
  readonly absolute?: number;
}

/** A number, or numbers in arrays: nested, typed, or both. */
export type Numbers = number | Float64Array | Float32Array | Int32Array | readonly Numbers[];

/**
 * Fails unless every number is within the tolerance of the expected one and the nesting is the same. NaN is never close,
 * and infinities are close to themselves only. The message says where the worst number is, and by how much.
 *
 * @param what stands in the message before the place
 */
export function closeTo(actual: unknown, expected: Numbers, tolerance: Tolerance = {}, what = 'value'): void {
  const worst = { excess: 1, message: '' };
  compare(actual, expected, { relative: 0, absolute: 0, ...tolerance }, what, worst);
  if (worst.message !== '') {
    throw new AssertionError({ message: worst.message, actual, expected, operator: 'closeTo', stackStartFn: closeTo });
  }
}

/** The largest absolute value among numbers: the scale that a tolerance may be taken relative to. */
export const largest = (numbers: Numbers): number =>
  typeof numbers === 'number' ? Math.abs(numbers) : Array.from(numbers, largest).reduce((a, b) => Math.max(a, b), 0);

function compare(
  actual: unknown,
  expected: Numbers,
  tolerance: Required<Tolerance>,
  place: string,
  worst: { excess: number; message: string },
): void {
  const fail = (excess: number, message: string) => {
    if (excess > worst.excess) Object.assign(worst, { excess, message: `${place}: ${message}` });
  };
  if (typeof expected === 'number') {
    if (typeof actual !== 'number') return fail(Infinity, `${describe(actual)} is not the number ${expected}`);
    if (actual === expected) return;
    const apart = Math.abs(actual - expected);
    const allowed = tolerance.absolute + tolerance.relative * Math.abs(expected);
    if (!Number.isFinite(apart)) return fail(Infinity, `${actual} is not ${expected}`);
    // Divided so that no allowance at all is exceeded without end.
    return fail(apart / allowed, `${actual} is not ${expected}: ${apart} apart, allowed ${allowed}`);
  }
  if (!isList(actual)) return fail(Infinity, `${describe(actual)} is not an array of ${expected.length}`);
  if (actual.length !== expected.length) return fail(Infinity, `length ${actual.length} is not ${expected.length}`);
  for (let i = 0; i < expected.length; i++) {
    compare(actual[i], expected[i] as Numbers, tolerance, `${place}[${i}]`, worst);
  }
}

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

const describe = (value: unknown): string => (isList(value) ? `an array of ${value.length}` : String(value));
