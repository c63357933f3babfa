import { AssertionError, deepStrictEqual } from 'node:assert';
import type { ArrayLike, Flat } from '../../input/arrays/array-like.ts';
import { decide } from '../../input/arrays/backend-of.ts';
import { flatOf } from '../../input/arrays/flat.ts';
import type { Testing } from './operation.ts';

/** The assertions, with a backend's default tolerances. */
export function testingWith(defaults: { readonly rtol: number; readonly atol: number }): Testing {
  return {
    assertAllclose(actual, desired, { rtol = defaults.rtol, atol = defaults.atol, equal_nan = true } = {}) {
      const close = (a: number, b: number) =>
        a === b || (equal_nan && Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= atol + rtol * Math.abs(b);
      const finite = (a: number, b: number) => (Math.abs(b) === Infinity ? a === b : close(a, b));
      compare(flatOf(actual), flatOf(desired), finite, `rtol=${rtol}, atol=${atol}`);
    },
    assertEqual(actual, desired) {
      if (!isNumeric(actual) || !isNumeric(desired)) deepStrictEqual(actual, desired);
      else
        compare(flatOf(actual), flatOf(desired), (a, b) => a === b || (Number.isNaN(a) && Number.isNaN(b)), 'exactly');
    },
  };
}

const isNumeric = (value: unknown): value is ArrayLike => typeof value === 'number' || decide(value) !== undefined;

function compare(actual: Flat, desired: Flat, same: (a: number, b: number) => boolean, how: string): void {
  if (actual.shape.length > 0 && desired.shape.length > 0 && actual.shape.join() !== desired.shape.join()) {
    fail(actual, desired, `shapes differ: (${actual.shape.join(', ')}) and (${desired.shape.join(', ')})`);
  }
  const length = Math.max(actual.data.length, desired.data.length);
  const pick = ({ data, shape }: Flat, at: number) => Number(data[shape.length === 0 ? at % data.length : at]);
  const wrong: number[] = [];
  for (let at = 0; at < length; at++) if (!same(pick(actual, at), pick(desired, at))) wrong.push(at);
  if (wrong.length === 0) return;
  const [at] = wrong;
  const first = `the first at flat index ${at}: ${pick(actual, at)} is not ${pick(desired, at)}`;
  fail(actual, desired, `not equal (${how}): ${wrong.length} of ${length} elements differ, ${first}`);
}

function fail(actual: Flat, expected: Flat, message: string): never {
  throw new AssertionError({ message, actual: actual.data, expected: expected.data, operator: 'assertAllclose' });
}
