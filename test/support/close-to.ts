import { AssertionError } from 'node:assert';

/** How far apart two numbers may be: the sum of an absolute part and one relative to the expected number. */
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
 * @param what precedes the place in the message
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
  const difference =
    typeof expected === 'number' ? ofNumbers(actual, expected, tolerance) : ofShapes(actual, expected.length);
  if (difference && difference.excess > worst.excess) {
    Object.assign(worst, { excess: difference.excess, message: `${place}: ${difference.message}` });
  }
  if (typeof expected === 'number' || difference) return;
  for (const [i, one] of expected.entries()) {
    compare((actual as readonly unknown[])[i], one, tolerance, `${place}[${i}]`, worst);
  }
}

/** The difference of two numbers as a multiple of what is allowed. */
function ofNumbers(actual: unknown, expected: number, { relative, absolute }: Required<Tolerance>) {
  if (typeof actual !== 'number') {
    return { excess: Infinity, message: `${describe(actual)} is not the number ${expected}` };
  }
  if (actual === expected) return undefined;
  const apart = Math.abs(actual - expected);
  if (!Number.isFinite(apart)) return { excess: Infinity, message: `${actual} is not ${expected}` };
  const allowed = absolute + relative * Math.abs(expected);
  return { excess: apart / allowed, message: `${actual} is not ${expected}: ${apart} apart, allowed ${allowed}` };
}

function ofShapes(actual: unknown, length: number) {
  if (isList(actual) && actual.length === length) return undefined;
  return { excess: Infinity, message: `${describe(actual)} is not an array of ${length}` };
}

const isList = (value: unknown): value is ArrayLike<unknown> =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));

const describe = (value: unknown): string => (isList(value) ? `an array of ${value.length}` : String(value));
