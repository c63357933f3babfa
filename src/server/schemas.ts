import { z } from 'zod';
import {
  type Dataset,
  type EXTRAS,
  InvalidInput,
  type MetricRecord,
  metrics,
  readDataset,
  readSeries,
  requireSameFeatures,
  requireSameWidth,
  type Series,
} from '../core/index.ts';
import { catalogue } from './errors.ts';

/** Reads by the core's rules; what it refuses becomes an issue at that place. */
function reading<T>(context: z.RefinementCtx, read: () => T): T {
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
  .transform((value, context): Series => reading(context, () => readSeries(list(value))))
  .meta({
    id: 'Series',
    description:
      'One time series: numbers (univariate, shape (sz,)) or rows of d numbers (multivariate, shape (sz, d)), one per time step. null means missing: trailing missing steps are trimmed.',
    anyOf: [
      { type: 'array', minItems: 1, items: { type: ['number', 'null'] } },
      { type: 'array', minItems: 1, items: { type: 'array', minItems: 1, items: { type: ['number', 'null'] } } },
    ],
  });

const backend = z.enum(['numpy', 'tfjs', 'pytorch']).default('numpy').meta({
  description:
    'What computes: "numpy" (float64, analytic gradients) or "tfjs" (float32, automatic differentiation). "pytorch", tslearn\'s word for the backend that differentiates, means "tfjs".',
});

/** What a request for one pair carries once it is validated. The other fields are the metric's parameters. */
export interface PairBody extends Record<string, unknown> {
  s1: Series;
  s2: Series;
  be: 'numpy' | 'tfjs' | 'pytorch';
}

/** The body of `POST /{metric}`: two series, a backend, and the metric's own parameters. */
export const pairBody = ({ params }: MetricRecord) =>
  z
    .strictObject({ s1: series, s2: series, be: backend, ...params.shape })
    .superRefine(({ s1, s2 }, context) => reading(context, () => requireSameFeatures(s1, s2)));

/** A dataset in JSON, read into one flat array in shared memory. */
const dataset = z
  .unknown()
  .transform(
    (value, context): Dataset => reading(context, () => readDataset(list(value).map((one, k) => list(one, k)))),
  )
  .meta({
    id: 'Dataset',
    description: 'At least one series. Lengths may differ, the number of values per step may not.',
    type: 'array',
    minItems: 1,
    items: { $ref: '#/components/schemas/Series' },
  });

/** What a request for a matrix carries once it is validated. The other fields are the metric's parameters. */
export interface CdistBody extends Record<string, unknown> {
  dataset1: Dataset;
  dataset2?: Dataset;
  be: 'numpy' | 'tfjs' | 'pytorch';
}

/** The body of `POST /{metric}/cdist`. */
export const cdistBody = ({ params }: MetricRecord) =>
  z
    .strictObject({ dataset1: dataset, dataset2: dataset.optional(), be: backend, ...params.shape })
    .superRefine(({ dataset1, dataset2 }, context) => reading(context, () => requireSameWidth(dataset1, dataset2)));

/** What `POST /{metric}/cdist` answers. */
export const matrix = (record: MetricRecord) =>
  z.object({
    matrix: z
      .array(z.array(z.number()))
      .meta({ description: 'Row k, column l: series k of dataset1, series l of the other' }),
    shape: z.array(z.int().min(1)).length(2).meta({ description: '[rows, columns]' }),
    be: z.enum(record.backends as ['numpy', 'tfjs']).meta({ description: 'The backend that computed' }),
    dtype: z.enum(['float64', 'float32']).meta({ description: 'The numbers it computed with' }),
  });

const meanings = {
  grad: 'Also answer the gradient of the value with respect to both series, each in the shape it came in.',
  path: 'Also answer an optimal path, as index pairs from [0, 0] on.',
  alignment: 'Also answer the alignment matrix: the share of each pair of steps in the (soft) alignment.',
} as const;

/** The query of `POST /{metric}`: the flags that the metric can serve. */
export function pairQuery(record: MetricRecord) {
  const flag = (extra: (typeof EXTRAS)[number]) =>
    z
      .stringbool({ truthy: ['true'], falsy: ['false'] })
      .default(false)
      .meta({ type: 'boolean', description: meanings[extra] });
  const shape = Object.fromEntries(record.gives.map((extra) => [extra, flag(extra)]));
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownFlags(issue.keys as string[], record) : undefined),
  });
}

function unknownFlags(keys: readonly string[], record: MetricRecord): string {
  return keys
    .map((key) => {
      const able = metrics.filter(({ gives }) => (gives as readonly string[]).includes(key)).map(({ name }) => name);
      if (able.length > 0) return `${record.name} has no ${key}; metrics that have one: ${able.join(', ')}`;
      return `unknown query parameter "${key}": ${record.name} takes ${record.gives.join(', ') || 'none'}`;
    })
    .join('; ');
}

const shaped = z.union([z.array(z.number()), z.array(z.array(z.number()))]);

/** What `POST /{metric}` answers. */
export const evaluation = (record: MetricRecord) =>
  z.object({
    value: z.number(),
    be: z.enum(record.backends as ['numpy', 'tfjs']).meta({ description: 'The backend that computed' }),
    dtype: z.enum(['float64', 'float32']).meta({ description: 'The numbers it computed with' }),
    ...(record.gives.includes('grad') && { gradient: z.object({ s1: shaped, s2: shaped }).optional() }),
    ...(record.gives.includes('path') && { path: z.array(z.array(z.int().min(0)).length(2)).optional() }),
    ...(record.gives.includes('alignment') && { alignment: z.array(z.array(z.number())).optional() }),
  });

/** RFC 9457. */
export const problem = z
  .object({
    type: z.string().meta({ description: 'URL of the section on this error', examples: ['/errors#invalid_request'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What to change' }),
    instance: z.string().meta({ description: 'The request id, also in the x-request-id header' }),
    code: z.enum(Object.keys(catalogue) as [string, ...string[]]),
    errors: z
      .array(z.object({ pointer: z.string().meta({ description: 'JSON pointer' }), detail: z.string() }))
      .optional()
      .meta({ description: 'The offending places: the first 20, and in the last one how many more' }),
  })
  .meta({ id: 'Problem', description: 'An error, as RFC 9457 has it' });
