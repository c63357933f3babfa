import { AssertionError, throws } from 'node:assert';
import { describe, it } from 'node:test';
import { Backend } from '../../../../src/core/tslearn/backend/index.ts';

for (const name of ['numpy', 'tfjs'] as const) {
  describe(`testing of the ${name} backend`, () => {
    const be = new Backend(name);
    const { assertAllclose, assertEqual } = be.testing;
    const fails = (run: () => void, message: RegExp) =>
      throws(run, (error) => error instanceof AssertionError && message.test(error.message));
    it('passes what is close', () => {
      assertAllclose(be.array([1, Number.NaN, Infinity]), [1 + 1e-9, Number.NaN, Infinity]);
      assertAllclose([1], be.array([1.01]), { rtol: 0.1 });
      assertAllclose([0], [0.01], { atol: 0.1 });
      assertAllclose(be.array([2, 2]), 2);
    });
    it('throws for what is not close, and says where', () => {
      fails(
        () =>
          assertAllclose(
            be.array([
              [1, 2],
              [3, 4],
            ]),
            [
              [1, 2],
              [3, 5],
            ],
          ),
        /1 of 4 .* flat index 3: 4 is not 5/,
      );
      fails(() => assertAllclose(be.array([1]), [1.001]), /not equal/);
      fails(() => assertAllclose(1, Infinity), /not equal/);
      fails(() => assertAllclose(Infinity, 1), /not equal/);
      fails(() => assertAllclose(Number.NaN, 1), /not equal/);
      fails(() => assertAllclose([Number.NaN], [Number.NaN], { equal_nan: false }), /not equal/);
      fails(() => assertAllclose([1, 2], [[1, 2]]), /shapes differ: \(2\) and \(1, 2\)/);
    });
    it('compares arrays exactly', () => {
      assertEqual(be.array([1, Number.NaN]), [1, Number.NaN]);
      fails(() => assertEqual(be.array([1]), [1 + 1e-6]), /exactly/);
    });
    it('compares anything else deeply', () => {
      assertEqual({ a: 'b' }, { a: 'b' });
      throws(() => assertEqual('a', 'b'), AssertionError);
      throws(() => assertEqual([['a']], [['b']]), AssertionError);
    });
  });
}
