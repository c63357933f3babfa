import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Backend, Cancelled, dtw, evaluate, InvalidInput, metricRecord, metrics } from '../../../src/core/index.ts';
import { EXTRAS } from '../../../src/core/metric/record.ts';
import { cutToEqual } from '../../support/equal-lengths.ts';

const anyS1 = [1, 2, 3, 2, 1];
const anyS2 = [1, 3, 3, 0];

describe('evaluate', () => {
  const [s1, s2] = [anyS1, anyS2];
  it('takes a metric by its name, its function or its record', () => {
    const { value } = evaluate('dtw', s1, s2);
    assert.equal(evaluate(dtw, s1, s2).value, value);
    assert.equal(evaluate(dtw.record, s1, s2).value, value);
    assert.equal(dtw(s1, s2), value);
  });
  it('rejects an unknown metric and lists the known ones', () => {
    for (const name of ['dwt', 'soft_dtw', 'toString', '']) {
      assert.throws(() => evaluate(name, s1, s2), {
        name: 'InvalidInput',
        path: ['metric'],
        message: /use one of .*dtw/,
      });
    }
  });
  it('refuses an unknown backend', () => {
    assert.throws(() => evaluate('dtw', s1, s2, { be: 'jax' as 'tfjs' }), RangeError);
  });
  it('takes a Backend instance', () => {
    assert.equal(evaluate('dtw', s1, s2, { be: new Backend('tfjs') }).be, 'tfjs');
  });
  it('returns only what was asked for', () => {
    assert.deepEqual(Object.keys(evaluate('dtw', s1, s2)), ['value', 'be', 'dtype']);
    assert.deepEqual(Object.keys(evaluate('dtw', s1, s2, {}, { grad: false, path: true })), [
      'value',
      'be',
      'dtype',
      'path',
    ]);
  });
  it('has unique metric names of lower-case words', () => {
    const names = metrics.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const name of names) assert.match(name, /^[a-z]+(-[a-z]+)*$/);
    assert.equal(metricRecord('dtw'), dtw.record);
  });
});

for (const record of metrics) {
  const [s1, s2] = cutToEqual(record, [anyS1, anyS2]) as [number[], number[]];
  describe(`evaluate ${record.name}`, () => {
    it('has a default for every parameter', () => {
      assert.ok(Number.isFinite(evaluate(record, s1, s2).value));
      assert.ok(Number.isFinite(evaluate(record, s1, s2, { compute_with_backend: undefined }).value));
    });
    it('refuses an unknown parameter by its name', () => {
      assert.throws(() => evaluate(record, s1, s2, { gama: 1 }), { name: 'InvalidInput', message: /gama/ });
    });
    it('rejects extras that it does not support', () => {
      for (const extra of EXTRAS.filter((one) => !record.gives.includes(one))) {
        assert.throws(() => evaluate(record, s1, s2, {}, { [extra]: true }), {
          name: 'InvalidInput',
          code: 'unsupported_extra',
          path: [extra],
          message: new RegExp(extra),
        });
      }
    });
    if ('gamma' in record.params.shape) {
      it('rejects a gamma that is negative or not a number', () => {
        for (const gamma of [-1, -1e-300, Number.NaN, Infinity, '1']) {
          assert.throws(() => evaluate(record, s1, s2, { gamma }), { name: 'InvalidInput', path: ['gamma'] });
        }
      });
    }
    for (const be of record.backends) {
      it(`stops at once when the cancel flag is up, on ${be}`, () => {
        const cancel = new Int32Array(new SharedArrayBuffer(4));
        const wanted = Object.fromEntries(record.gives.map((extra) => [extra, true]));
        const { value } = evaluate(record, s1, s2, { be }, wanted, cancel);
        assert.ok(Number.isFinite(value));
        Atomics.store(cancel, 0, 1);
        assert.throws(() => evaluate(record, s1, s2, { be }, {}, cancel), Cancelled);
        assert.throws(() => evaluate(record, s1, s2, { be }, wanted, cancel), Cancelled);
        if (be === 'tfjs') {
          assert.throws(() => evaluate(record, s1, s2, { be, compute_with_backend: false }, {}, cancel), Cancelled);
        }
      });
      it(`never returns a number that is not finite, on ${be}`, () => {
        for (const size of [1e10, 1e19, 1e30, 1e155, 1e200, 1.7e308]) {
          const [x, y] = cutToEqual(record, [
            [size, 0, 1],
            [-size, 2, size, 3],
          ]);
          for (const extra of [{}, ...record.gives.map((one) => ({ [one]: true }))]) {
            try {
              const found = evaluate(record, x, y, { be }, extra);
              const numbers = [found.value, found.gradient ?? [], found.alignment ?? []];
              assert.doesNotMatch(JSON.stringify(numbers), /null/, `size ${size}, ${JSON.stringify(extra)}`);
            } catch (error) {
              assert.ok(error instanceof InvalidInput, String(error));
              assert.equal(error.code, 'out_of_range');
              const isAdmitted = be === 'numpy' || size < 2 ** 128;
              if (!isAdmitted) assert.match(error.message, /float32: scale the series down .*, or use be "numpy"$/);
              else
                assert.match(error.message, record.name === 'unnormalized-gak' ? /use gak/ : /scale the series down/);
            }
          }
        }
      });
    }
  });
}

describe('overflow', () => {
  it('is a caller error that names the dtype', () => {
    const run = (size: number, be: 'numpy' | 'tfjs') => evaluate('dtw', [size], [-size], { be });
    assert.throws(() => run(1e155, 'numpy'), { code: 'out_of_range', message: /float64/ });
    assert.throws(() => run(1e20, 'tfjs'), { code: 'out_of_range', message: /float32/ });
    assert.throws(() => run(1e200, 'tfjs'), { code: 'out_of_range' });
    assert.ok(run(1e150, 'numpy').value > 1e150);
  });
});
