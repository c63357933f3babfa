import type { ArangeArguments, DtypeOptions } from './options.ts';

/**
 * Reads arange's arguments as NumPy does.
 *
 * @returns the values start, start + step, ..., before stop; none if the step leads away from it
 * @throws RangeError for a step of 0 and for bounds that are not finite
 */
export function arangeOf(args: ArangeArguments): { values: Float64Array } & DtypeOptions {
  const numbers = args.filter((value) => typeof value === 'number');
  const options = args.find((value) => typeof value === 'object');
  const [start, stop, step = 1] = numbers.length === 1 ? [0, numbers[0]] : numbers;
  const length = Math.ceil((stop - start) / step);
  if (!Number.isFinite(length)) throw new RangeError(`arange cannot go from ${start} to ${stop} by ${step}`);
  return { values: Float64Array.from({ length: Math.max(length, 0) }, (_, i) => start + i * step), ...options };
}
