import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { scaleLinear } from 'd3-scale';
import fc from 'fast-check';
import { numbering, whole } from '../../page/plot/numbers.ts';

/** A domain of any size and place, and how many ticks are wanted. */
const domains = fc
  .tuple(
    fc.integer({ min: -6, max: 9 }),
    fc.double({ min: -1, max: 1, noNaN: true }),
    fc.double({ min: 0.01, max: 1, noNaN: true }),
    fc.integer({ min: 2, max: 12 }),
  )
  .map(([power, from, width, count]) => ({
    domain: [from * 10 ** power, (from + width) * 10 ** power] as [number, number],
    count,
  }));

/** The numbers beside the ticks, and what they leave out. */
function texts(low: number, high: number, count = 4): string[] {
  const { text, unit } = numbering([low, high], count);
  return [...scaleLinear([low, high], [0, 1]).ticks(count).map(text), unit];
}

describe('the numbers along a scale', () => {
  it('are short and have a minus sign', () => {
    assert.deepEqual(texts(-1, 1), ['−1.0', '−0.5', '0.0', '0.5', '1.0', '']);
    assert.deepEqual(texts(0, 2e6), ['0.0', '0.5', '1.0', '1.5', '2.0', '× 10⁶']);
    assert.deepEqual(texts(0, 4000), ['0', '1,000', '2,000', '3,000', '4,000', '']);
    assert.deepEqual(texts(1e9 - 1, 1e9 + 1).at(-1), '+ 1,000,000,000');
    assert.deepEqual([-1200, 0, 5000].map(whole), ['−1,200', '0', '5,000']);
  });

  it('are distinct', () => {
    fc.assert(
      fc.property(domains, ({ domain: [low, high], count }) => {
        const found = texts(low, high, count).slice(0, -1);
        assert.equal(new Set(found).size, found.length, found.join(' '));
      }),
    );
  });

  it('are complete where there is only one', () => {
    assert.deepEqual(texts(0.25, 0.25), ['0.25', '']);
    assert.deepEqual(texts(7, 7), ['7', '']);
    assert.deepEqual(texts(0, 0), ['0', '']);
    assert.deepEqual(texts(3e6, 3e6), ['3', '× 10⁶']);
  });
});
