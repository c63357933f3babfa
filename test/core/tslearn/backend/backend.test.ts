import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { isNumpyArray, isTensor } from '../../../../src/core/input/arrays/kinds.ts';
import { Backend } from '../../../../src/core/tslearn/backend/index.ts';
import { tfjsBackend } from '../../../../src/core/tslearn/backend/tfjs/backend.ts';

describe('Backend', () => {
  it('changes in place', () => {
    const be = new Backend('pytorch');
    ok(be.isTfjs && isTensor(be.zeros(1)));
    be.setBackend('numpy');
    ok(be.isNumpy && !be.isTfjs && isNumpyArray(be.zeros(1)));
    strictEqual(be.backend_string, 'numpy');
    be.setBackend(tfjsBackend.zeros(1));
    strictEqual(be.getBackend(), tfjsBackend);
  });
  it('keeps its backend when the new one is unknown', () => {
    const be = new Backend('tfjs');
    throws(() => be.setBackend('foo'), RangeError);
    ok(be.isTfjs);
  });
  it('refuses an unknown name', () => {
    throws(() => new Backend('foo'), {
      name: 'RangeError',
      message: 'unknown backend "foo": use "numpy", "tfjs" or "pytorch"',
    });
  });
  it('forwards operations that can be taken from it', () => {
    const { sum, linalg } = new Backend('numpy');
    strictEqual(sum([1, 2]), 3);
    strictEqual(linalg.norm([3, 4]), 5);
  });
  it('computes in float64 on numpy', () => {
    const be = new Backend('numpy');
    strictEqual(be.array([1, 2], { dtype: be.float64 }).dtype, 'float64');
    strictEqual(
      be.linalg.norm([
        [0, 1],
        [2, 3],
      ]),
      3.7416573867739413,
    );
  });
  it('never loads TensorFlow.js if only numpy is used', () => {
    const door = new URL('../../../../src/core/tslearn/backend/index.ts', import.meta.url).href;
    const program = `
      import { Backend, instantiateBackend } from ${JSON.stringify(door)};
      new Backend('numpy').cdist([[1]], [[2]]);
      instantiateBackend('tfjs', [1]);
      process.stdout.write(String('_tfengine' in globalThis));`;
    strictEqual(execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' }), 'false');
  });
});

for (const name of ['numpy', 'tfjs'] as const) {
  describe(`errors of the ${name} backend`, () => {
    const be = new Backend(name);
    const refusals: readonly [string, () => unknown, RegExp][] = [
      ['a ragged list', () => be.array([[1, 2], [3]]), /ragged list: length 1 at \[1\]/],
      ['a number beside a list', () => be.array([[1], 2]), /ragged list: a number at \[1\]/],
      ['text', () => be.array([[1], ['a']] as never), /not a number at \[1\]\[0\]: "a"/],
      [
        'an unknown metric',
        () => be.cdist([[1]], [[1]], { metric: 'foo' as never }),
        /unknown metric "foo": use euclid/,
      ],
      ['an unknown metric of pdist', () => be.pdist([[1]], { metric: 'foo' as never }), /unknown metric "foo"/],
      ['vectors for datasets', () => be.cdist([1], [[1]]), /rows of shape \(n, d\), not \(1\)/],
      ['rows of different lengths', () => be.cdist([[1]], [[1, 2]]), /same length, not 1 and 2/],
      ['a negative order', () => be.pdist([[1], [2]], { metric: 'minkowski', p: -1 }), /p must be positive, not -1/],
      [
        'a metric without a result',
        () => be.cdist([[1]], [[1]], { metric: (() => {}) as never }),
        /must return a number/,
      ],
      [
        'a singular matrix',
        () =>
          be.linalg.inv([
            [1, 1],
            [1, 1],
          ]),
        /singular/,
      ],
      ['a matrix that is not square', () => be.linalg.inv([[1, 2]]), /square/],
      ['an axis out of bounds', () => be.sum([1], { axis: 1 }), /axis 1 is out of bounds for an array of 1 dim/],
      ['a step of 0', () => be.arange(0, 1, 0), /cannot go from 0 to 1 by 0/],
      ['nothing to stack', () => be.hstack([]), /at least one array/],
    ];
    for (const [what, run, message] of refusals) {
      it(`refuses ${what}`, () => throws(run, { name: 'RangeError', message }));
    }
  });
}

it('says why an integer cannot become a tensor', () => {
  throws(() => tfjsBackend.array([2n ** 40n]), /1099511627776 \(int64\) does not fit int32/);
});

it('lists what tensors cannot store', () => {
  const dtypes = [...tfjsBackend.unsupported.keys()].filter((key) => !key.includes(' ')).sort();
  const kinds = ['complex128', 'float16', 'float64', 'int16', 'int64', 'int8', 'uint16', 'uint32', 'uint64', 'uint8'];
  deepStrictEqual(dtypes, kinds);
});
