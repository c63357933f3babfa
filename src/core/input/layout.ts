import { InvalidInput } from '../errors.ts';

/** Which axis of a series of several channels comes first: (sz, d) as in tslearn, or (d, sz) as in aeon and PyTorch. */
export const LAYOUTS = ['time_first', 'channels_first'] as const;
export type Layout = (typeof LAYOUTS)[number];

/** A series or dataset, still to be read, whose channels come first. */
export class ChannelsFirst {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/**
 * An input with its layout, ready to be read.
 *
 * @throws InvalidInput for a layout that does not exist
 */
export function laidOut(value: unknown, layout: unknown): unknown {
  if (layout === undefined || layout === null || layout === 'time_first') return value;
  if (layout === 'channels_first') return value === undefined || value === null ? value : new ChannelsFirst(value);
  throw new InvalidInput(
    `layout must be ${LAYOUTS.map((one) => `"${one}"`).join(' or ')}, not ${JSON.stringify(layout)}`,
    ['layout'],
  );
}

/** Where value `at` of a series of d flat, time-major channels was in the input. */
export function placeOf(at: number, d: number, ndim: number, layout: Layout = 'time_first'): number[] {
  if (ndim === 1) return [at];
  const [step, channel] = [Math.floor(at / d), at % d];
  return layout === 'time_first' ? [step, channel] : [channel, step];
}

/** Row-major rows x columns numbers as columns x rows. */
export function transposed(data: ArrayLike<number>, rows: number, columns: number): Float64Array {
  const out = new Float64Array(rows * columns);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let to = row; at < (row + 1) * columns; at++, to += rows) out[to] = data[at];
  }
  return out;
}
