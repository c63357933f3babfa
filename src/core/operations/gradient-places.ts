import { type Dataset, shapeAt } from '../input/dataset.ts';
import type { Grid } from '../input/grid.ts';
import { shaped } from './present.ts';

/** Where the gradient of each series of a dataset goes in one flat array: time-major, with zeros for the steps that were trimmed. */
export interface GradientPlaces {
  readonly starts: Float64Array;
  readonly size: number;
}

/** The places of the gradients of a dataset, one series after another, in the order of the series. */
export function gradientPlaces(dataset: Dataset): GradientPlaces {
  const count = dataset.lengths.length;
  const starts = new Float64Array(count);
  let size = 0;
  for (let k = 0; k < count; k++) {
    starts[k] = size;
    size += stepsOf(dataset, k) * dataset.d;
  }
  return { starts, size };
}

/** How many numbers the gradients of a dataset have. */
export function gradientSize({ lengths, came, d }: Dataset): number {
  let steps = 0;
  for (const n of came?.sz ?? lengths) steps += n;
  return steps * d;
}

const stepsOf = ({ lengths, came }: Dataset, k: number): number => (came ? came.sz[k] : lengths[k]);

/** The gradient of one series of a dataset, by its index, in the shape and layout that it came in. */
export function gradientAt(dataset: Dataset, flat: Float64Array): (k: number) => Grid {
  const { starts } = gradientPlaces(dataset);
  return (k) => {
    const shape = shapeAt(dataset, k);
    return shaped(flat.subarray(starts[k], starts[k] + shape.sz * dataset.d), shape);
  };
}

/** The gradients of all series: one grid if they came in the same shape, otherwise one for each. */
export function gradientIn(dataset: Dataset, flat: Float64Array): Grid | Grid[] {
  const { lengths, d } = dataset;
  const one = gradientAt(dataset, flat);
  const first = shapeAt(dataset, 0);
  const alike = lengths.every((_, k) => {
    const { sz, ndim } = shapeAt(dataset, k);
    return sz === first.sz && ndim === first.ndim;
  });
  if (!alike) return Array.from(lengths, (_, k) => one(k));
  const count = lengths.length;
  if (first.layout === undefined) return { data: flat, shape: [count, first.sz, ...(first.ndim === 1 ? [] : [d])] };
  const data = new Float64Array(flat.length);
  for (let k = 0; k < count; k++) data.set(one(k).data, k * first.sz * d);
  return { data, shape: [count, d, first.sz] };
}
