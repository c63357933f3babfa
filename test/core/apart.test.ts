import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { evaluate, metrics } from '../../src/core/index.ts';
import { apart, whenPolled } from '../../src/core/server-door.ts';

const series = (n: number, d: number, k: number) =>
  Array.from({ length: n }, (_, i) =>
    Array.from({ length: d }, (_, c) => Math.round(9 * Math.sin(i * (k + c + 1))) / 2),
  );

/** All that a metric has for a pair. */
const everything = (name: string, be: string, gives: readonly string[], n: number, k: number) =>
  evaluate(
    name,
    series(n, 1, k),
    series(n, 1, k + 3),
    { be: be as 'numpy' },
    Object.fromEntries(gives.map((one) => [one, true])),
  );

describe('a computation in the middle of another one, wherever that one polls', () => {
  after(() => whenPolled(() => {}));

  for (const { name, backends, gives } of metrics) {
    for (const be of backends) {
      it(`leaves ${name} on ${be} as it was, and is right itself`, () => {
        whenPolled(() => {});
        const wanted = everything(name, be, gives, 40, 1);
        const inner = backends.map((other) => everything(name, other, gives, 25, 7));
        let polls = 0;
        let isInner = false;
        whenPolled(() => {
          // The first times, and then ever more rarely: there may be thousands.
          if (isInner || (polls++ & (polls - 1)) > 0) return;
          isInner = true;
          for (const [at, other] of backends.entries()) {
            assert.deepEqual(
              apart(() => everything(name, other, gives, 25, 7)),
              inner[at],
            );
          }
          isInner = false;
        });
        const found = everything(name, be, gives, 40, 1);
        whenPolled(() => {});
        assert.ok(polls > 0, 'it never polled');
        assert.deepEqual(found, wanted);
      });
    }
  }
});
