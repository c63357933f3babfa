import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { numbering } from '../../page/plot/numbers.ts';
import { pathOf } from '../../page/plot/path.ts';
import { linear, nice, ticks } from '../../page/plot/scale.ts';

/** A domain of any size and place, and how many ticks are wanted. */
const domains = fc
  .tuple(
    fc.integer({ min: -6, max: 9 }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    fc.integer({ min: 2, max: 12 }),
  )
  .map(([power, from, width, count]) => ({
    domain: [from * 10 ** power, (from + width) * 10 ** power] as const,
    count,
  }));

describe('a linear scale', () => {
  it('takes the ends of its domain to those of its range, and back', () => {
    const scale = linear([10, 30], [100, 0]);
    assert.deepEqual([scale(10), scale(20), scale(30), scale(35)], [100, 50, 0, -25]);
    assert.deepEqual([scale.invert(100), scale.invert(25), scale.invert(0)], [10, 25, 30]);
    assert.deepEqual([linear([7, 7], [0, 100])(7), linear([7, 7], [0, 100]).invert(3)], [50, 7]);
  });

  it('has about as many ticks as are wanted, each a round number in the domain', () => {
    fc.assert(
      fc.property(domains, ({ domain, count }) => {
        const found = ticks(domain, count);
        assert.ok(
          found.length >= Math.floor(count / 2) && found.length <= 2 * count + 1,
          `${found.length} for ${count}`,
        );
        assert.ok(found.every((value) => value >= domain[0] && value <= domain[1]));
        const step = (found.at(-1) as number) - (found.at(-2) ?? Number.NaN);
        if (found.length < 2) return;
        const digit = Number((step / 10 ** Math.floor(Math.log10(step) + 1e-9)).toFixed(6));
        assert.ok([1, 2, 5, 10].includes(digit), `a step of ${step}`);
        assert.ok(found.every((value) => Math.abs(value / step - Math.round(value / step)) < 1e-6));
      }),
    );
    assert.deepEqual(ticks([0, 1], 4), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(ticks([30, 0], 3), [0, 10, 20, 30]);
    assert.deepEqual(ticks([0.3, 0.3], 4), [0.3]);
  });

  it('is widened to ticks, by less than two on either side', () => {
    fc.assert(
      fc.property(domains, ({ domain, count }) => {
        const [low, high] = nice(domain, count);
        assert.ok(low <= domain[0] && high >= domain[1]);
        const [first = 0, second = 0] = ticks([low, high], count);
        assert.ok(domain[0] - low < 2 * (second - first) && high - domain[1] < 2 * (second - first));
      }),
    );
    assert.deepEqual(nice([0.13, 9.7], 4), [0, 10]);
    assert.deepEqual(nice([-1.2e-5, 3.1e-5], 5), [-2e-5, 4e-5]);
  });

  it('writes its numbers short, distinct and with a minus sign', () => {
    const texts = (low: number, high: number, count = 4) => {
      const { text, unit } = numbering([low, high], count);
      return [...ticks([low, high], count).map(text), unit];
    };
    assert.deepEqual(texts(-1, 1), ['−1.0', '−0.5', '0.0', '0.5', '1.0', '']);
    assert.deepEqual(texts(0, 2e6), ['0.0', '0.5', '1.0', '1.5', '2.0', '× 10⁶']);
    assert.deepEqual(texts(0, 4000), ['0', '1,000', '2,000', '3,000', '4,000', '']);
    assert.deepEqual(texts(1e9 - 1, 1e9 + 1).at(-1), '+ 1,000,000,000');
  });
});

describe('a line', () => {
  it('goes through its points, to a tenth of a pixel, and is interrupted where there is none', () => {
    const values = [1, 2.25, Number.NaN, 3, 4];
    assert.equal(
      pathOf(
        values.length,
        (k) => 10 * k,
        (k) => values[k] as number,
      ),
      'M0 1L10 2.3M30 3L40 4',
    );
    assert.equal(
      pathOf(
        0,
        (k) => k,
        (k) => k,
      ),
      '',
    );
  });
});
