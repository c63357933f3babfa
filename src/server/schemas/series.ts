import { z } from 'zod';
import {
  BACKEND_ALIASES,
  BACKENDS,
  type BackendName,
  type Dataset,
  dtypeOf,
  engines,
  InvalidInput,
  isGrid,
  type MetricRecord,
  readDataset,
  readSeries,
  type Series,
} from '../../core/server-door.ts';

/** Reads by the rules of the core; whatever it rejects becomes an issue at that place. */
export function reading<T>(context: z.RefinementCtx, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    context.addIssue({ code: 'custom', message: error.message, path: [...error.path] });
    return z.NEVER;
  }
}

/** In JSON, a series is an array; an object could only pretend to be a tensor. */
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

/** The backend. */
export function backendField(backends: readonly BackendName[]) {
  const aliases = Object.entries(BACKEND_ALIASES).filter(([, name]) => backends.includes(name));
  const names: readonly string[] = [...backends, ...aliases.map(([alias]) => alias)];
  return z
    .enum(names as [string, ...string[]])
    .default(BACKENDS[0])
    .meta({ description: meaningOf(backends, aliases) });
}

function meaningOf(backends: readonly BackendName[], aliases: [string, BackendName][]): string {
  if (backends.length === 1) return `The backend: only "${backends[0]}".`;
  const each = backends.map((name) => `"${name}" (${engines[name].summary})`).join(' or ');
  const others = aliases.map(
    ([alias, name]) => ` "${alias}", tslearn's name for its differentiable backend, is an alias of "${name}".`,
  );
  return `The backend: ${each}.${others.join('')}`;
}

/** What every response says about its numbers. */
export const computedBy = ({ backends }: Pick<MetricRecord, 'backends'>) => ({
  be: z.enum(backends).meta({ description: 'The backend that computed the response' }),
  dtype: z.enum(backends.map(dtypeOf)).meta({ description: 'The number type it computed with' }),
});
