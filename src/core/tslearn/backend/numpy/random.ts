import * as np from 'numpy-ts';
import type { NumpyArray } from '../../../input/arrays/array-like.ts';
import { dimensions } from '../dimensions.ts';
import type { Random } from '../operation.ts';
import type { Shape } from '../options.ts';
import { asarray } from './creation.ts';

const sizeOf = (size: Shape | null | undefined) => (size == null ? undefined : dimensions(size));

/** What numpy-ts draws: a number without a size, otherwise an array. */
const drawn = (value: unknown): NumpyArray | number => value as NumpyArray | number;

/** Random numbers from numpy-ts's global stream. */
export const random: Random<NumpyArray, number> = {
  rand: (...shape) => drawn(np.random.rand(...shape)),
  randn: (...shape) => drawn(np.random.randn(...shape)),
  randint(low, high, { size, dtype = 'int32' } = {}) {
    const value = drawn(np.random.randint(low, high ?? null, sizeOf(size)));
    return typeof value === 'object' ? asarray(value, { dtype }) : Number(value);
  },
  normal: ({ loc = 0, scale = 1, size } = {}) => drawn(np.random.normal(loc, scale, sizeOf(size))),
  uniform({ low = 0, high = 1, size, dtype } = {}) {
    const value = drawn(np.random.uniform(low, high, sizeOf(size)));
    return typeof value === 'object' ? asarray(value, { dtype }) : value;
  },
};
