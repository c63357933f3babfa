import { InvalidInput } from '../../errors.ts';
import type { Series } from '../../input/series.ts';

/** The largest number that float32 does not round to infinity. */
const LARGEST = 2 ** 128 - 2 ** 103;

/**
 * The values of both series have room in float32: as infinities, they would be equal to one another.
 *
 * @throws InvalidInput otherwise
 */
export function requireFloat32({ s1, s2 }: { readonly s1: Series; readonly s2: Series }): void {
  for (const [name, { data }] of [
    ['s1', s1],
    ['s2', s2],
  ] as const) {
    // biome-ignore format: pairs
    for (let at = 0; at < data.length; at++) {
      if (Math.abs(data[at]) < LARGEST) continue;
      const message = `${data[at]} is out of the range of float32: scale the series down (divide both by the same number), or use be "numpy"`;
      throw new InvalidInput(message, [name], 'out_of_range');
    }
  }
}
