import { type Dataset, lengthGroups, type MetricRecord, type Params, type Series } from '../../core/server-door.ts';
import { sizeClass } from '../pool/rates.ts';
import type { Common, Operation } from './operation.ts';

/**
 * The kind of work of a request: everything that determines how long a cell takes. Besides the metric, the operation, the backend and the flags,
 * these are the parameters, as far as they select between ways to compute, and the sizes of the inputs.
 */
export function kindOf(
  { name }: MetricRecord,
  { suffix }: Operation,
  { params, be, ...body }: Common,
  query: Readonly<Record<string, boolean | undefined>>,
): string {
  const flags = Object.keys(query).filter((flag) => query[flag]);
  return [`${name}${suffix}`, be, ...flags, ...choices(params), ...Object.values(body).map(sizesOf)].join(' ');
}

/** Strings and booleans as they are; for numbers, whether they are positive; for lists, that they are given. */
const choices = (params: Params): string[] =>
  Object.values(params).map((value) => {
    if (typeof value === 'string' || typeof value === 'boolean') return String(value);
    if (typeof value === 'number') return value > 0 ? '+' : '0';
    return value ? 'given' : '-';
  });

/** For a series, its steps and their values; for a dataset, the mean number of steps; for a number, such as k or max_iter, the number. */
function sizesOf(value: unknown): string {
  if (typeof value === 'number') return sizeClass(value);
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? value : '-';
  if ('n' in value) {
    const { n, d } = value as Series;
    return sizeClass(n, d);
  }
  if (!('lengths' in value)) return 'given';
  const { lengths, d } = value as Dataset;
  return sizeClass(lengthGroups(lengths).steps / lengths.length, d);
}
