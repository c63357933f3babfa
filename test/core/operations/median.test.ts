import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { median } from '../../../src/core/operations/median.ts';

describe('the median', () => {
  it('is the middle number, or the mean of the two in the middle', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 }), (numbers) => {
        const sorted = Float64Array.from(numbers).sort();
        const [low, high] = [sorted[(sorted.length - 1) >> 1] as number, sorted[sorted.length >> 1] as number];
        assert.equal(
          median(Float64Array.from(numbers), () => {}),
          low === high ? high : (low + high) / 2,
        );
      }),
    );
  });

  const orders: Record<string, (at: number, of: number) => number> = {
    sorted: (at) => at,
    reversed: (at, of) => of - at,
    'all equal': () => 1,
    'in two halves': (at, of) => (at + of / 2) % of,
  };
  for (const [name, number] of Object.entries(orders)) {
    it(`asks whether to go on at least every half a million numbers: ${name}`, () => {
      const of = 2 ** 22;
      let polls = 0;
      median(
        Float64Array.from({ length: of }, (_, at) => number(at, of)),
        () => void polls++,
      );
      assert.ok(polls >= of / 2 ** 19, `${polls}`);
    });
  }
});
