import { z } from 'zod';
import {
  type Dataset,
  dtypeOf,
  InvalidInput,
  isGrid,
  type MetricRecord,
  readDataset,
  readSeries,
  type Series,
} from '../../core/index.ts';

/** Reads by the core's rules; what it refuses becomes an issue at that place. */
export function reading<T>(context: z.RefinementCtx, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    context.addIssue({ code: 'custom', message: error.message, path: [...error.path] });
    return z.NEVER;
  }
}

/** In JSON a series is an array; an object could only pretend to be a tensor. */
function list(value: unknown, ...path: number[]): unknown[] {
  if (Array.isArray(value)) return value;
  throw new InvalidInput('expected an array of numbers, or of rows of numbers', path);
}

/** A series in JSON, read by one checked loop into flat float64. */
export const series = z
  .unknown()
  .transform((value, context): Series => reading(context, () => readSeries(isGrid(value) ? value : list(value))))
  .meta({
    id: 'Series',
    description:
      'One time series: numbers (univariate, shape (sz,)) or rows of d numbers (multivariate, shape (sz, d)), one per time step. null means missing; trailing missing steps are trimmed.',
    anyOf: [
      { type: 'array', minItems: 1, items: { type: ['number', 'null'] } },
      { type: 'array', minItems: 1, items: { type: 'array', minItems: 1, items: { type: ['number', 'null'] } } },
    ],
  });

/** A dataset in JSON, read into one flat array in shared memory. */
export const dataset = z
  .unknown()
  .transform(
    (value, context): Dataset =>
      reading(context, () => readDataset(isGrid(value) ? value : list(value).map((one, k) => list(one, k)))),
  )
  .meta({
    id: 'Dataset',
    description: 'At least one series. Lengths may differ; the number of values per step may not.',
    type: 'array',
    minItems: 1,
    items: { $ref: '#/components/schemas/Series' },
  });

/** A series, or a gradient in a series' shape, on its way out. */
export const shaped = z.union([z.array(z.number()), z.array(z.array(z.number()))]);

/** Which backend computes. */
export const backend = z.enum(['numpy', 'tfjs', 'pytorch']).default('numpy').meta({
  description:
    'The backend: "numpy" (float64, analytic gradients) or "tfjs" (float32, automatic differentiation). "pytorch", tslearn\'s name for its differentiable backend, is an alias of "tfjs".',
});

/** The same where only numpy computes. */
export const onlyNumpy = z.enum(['numpy']).default('numpy').meta({ description: 'The backend: only "numpy".' });

/** What every answer says of its numbers. */
export const computedBy = ({ backends }: Pick<MetricRecord, 'backends'>) => ({
  be: z.enum(backends as ['numpy', 'tfjs']).meta({ description: 'The backend that computed the response' }),
  dtype: z.enum(backends.map(dtypeOf)).meta({ description: 'The number type it computed with' }),
});
