import * as np from 'numpy-ts';
import type { NumpyArray } from '../../../input/arrays/array-like.ts';
import { isFloatDtype } from '../../../input/arrays/dtype.ts';
import type { AxisOptions } from '../options.ts';
import { type Answer, type Axis, number, overAxes } from './over-axes.ts';

/** Whether all elements are true. */
export const all = overAxes((x, axis) => np.all(x, axis), Boolean);
/** Whether an element is true. */
export const any = overAxes((x, axis) => np.any(x, axis), Boolean);
/** The sum. */
export const sum = overAxes((x, axis) => np.sum(x, axis), number);
/** The mean. */
export const mean = overAxes((x, axis) => np.mean(x, axis), number);
/** The middle element, or the mean of the two middle ones; NaN if any is. */
export const median = overAxes((x, axis) => orNaN(x, axis, np.median(x, axis)), number);
/** The greatest element; NaN if any is. */
export const max = overAxes((x, axis) => orNaN(x, axis, np.max(x, axis)), number);
/** The least element; NaN if any is. */
export const min = overAxes((x, axis) => orNaN(x, axis, np.min(x, axis)), number);
/** The index of the first greatest element, or of the first NaN; int32. */
export const argmax = overAxes<number, AxisOptions>((x, axis) => firstNaN(x, axis as number, np.argmax), number);
/** The index of the first least element, or of the first NaN; int32. */
export const argmin = overAxes<number, AxisOptions>((x, axis) => firstNaN(x, axis as number, np.argmin), number);

/** numpy-ts ignores NaN in max and min, and in medians along an axis; NumPy does not. */
function orNaN(x: NumpyArray, axis: Axis, answer: Answer): Answer {
  if (!isFloatDtype(x.dtype) || !np.any(np.isnan(x))) return answer;
  const spoilt = np.any(np.isnan(x), axis);
  if (typeof spoilt === 'boolean') return spoilt ? Number.NaN : answer;
  return np.where(spoilt, np.array(Number.NaN, x.dtype), answer as NumpyArray) as NumpyArray;
}

function firstNaN(x: NumpyArray, axis: number | undefined, find: (x: NumpyArray, axis?: number) => Answer): Answer {
  if (!isFloatDtype(x.dtype) || !np.any(np.isnan(x))) return find(x, axis);
  const missing = np.isnan(x);
  const spoilt = np.any(missing, axis);
  if (typeof spoilt === 'boolean') return spoilt ? np.argmax(missing.astype('int8'), axis) : find(x, axis);
  const first = np.argmax(missing.astype('int8'), axis) as NumpyArray;
  return (np.where(spoilt, first, find(x, axis) as NumpyArray) as NumpyArray).astype('int32');
}
