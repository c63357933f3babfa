import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pathOf } from '../../page/plot/path.ts';

describe('a line', () => {
  it('goes through its points, to a tenth of a pixel, and is interrupted where there is none', () => {
    const values = [1, 2.25, Number.NaN, 3, 4];
    assert.equal(
      pathOf(
        values.length,
        (k) => 10 * k,
        (k) => values[k] as number,
      ),
      'M0,1L10,2.3M30,3L40,4',
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
