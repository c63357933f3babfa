import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ColourMap, cividis, viridis } from '../../page/plot/colours.ts';

/** The relative luminance of each colour of a map, as WCAG defines it. */
function luminances(map: ColourMap): number[] {
  const linear = Array.from(map, (byte) =>
    byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
  );
  return Array.from(
    { length: 256 },
    (_, k) => 0.2126 * linear[3 * k] + 0.7152 * linear[3 * k + 1] + 0.0722 * linear[3 * k + 2],
  );
}

describe('a colour map', () => {
  it('begins and ends like that of matplotlib', () => {
    assert.deepEqual([...viridis.slice(0, 3), ...viridis.slice(-3)], [0x44, 0x01, 0x54, 0xfd, 0xe7, 0x25]);
  });

  it('is brighter with every step', () => {
    for (const map of [viridis, cividis]) {
      const found = luminances(map);
      assert.ok(found.every((value, k) => k === 0 || value > (found[k - 1] as number) - 1e-3));
      assert.ok((found.at(-1) as number) - (found[0] as number) > 0.6);
    }
  });
});
