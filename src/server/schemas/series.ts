import { z } from 'zod';
import {
  BACKEND_ALIASES,
  BACKENDS,
  type BackendName,
  type Dataset,
  dtypeOf,
  engines,
  type Grid,
  InvalidInput,
  isGrid,
  type MetricRecord,
  readDataset,
  readSeries,
  type Series,
} from '../../core/server-door.ts';
import { Resolved } from './resolved.ts';

/** A field of a body that holds a series or a dataset, with its name for errors. */
export class Given {
  readonly name: string;
  readonly value: unknown;

  constructor(name: string, value: unknown) {
    this.name = name;
    this.value = value;
  }
}

/** Reads by the rules of the core; whatever it rejects becomes an issue at that place, with the core's code. */
export function reading<T>(context: z.RefinementCtx, read: () => T, from = 0): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const { message, path, code } = error;
    context.addIssue({ code: 'custom', message, path: path.slice(from), params: { code } });
    return z.NEVER;
  }
}

/** Reads the value of a field. The path of an issue is relative to the field: zod adds the rest. */
function readingField<T>(given: unknown, context: z.RefinementCtx, read: (value: unknown, name: string) => T): T {
  const { value, name } = given instanceof Given ? given : { value: given, name: '' };
  return reading(context, () => read(value, name), 1);
}

/** In JSON, a series is an array; an object could only pretend to be a tensor. */
function list(value: unknown, ...path: (string | number)[]): unknown[] {
  if (Array.isArray(value)) return value;
  const got =
    value === undefined ? 'and it is missing' : `got ${value === null ? 'null' : `a value of type ${typeof value}`}`;
  throw new InvalidInput(`expected an array of numbers, or of rows of numbers, ${got}`, path);
}

function seriesFrom(value: unknown, name: string): Series {
  if (value instanceof Resolved) return value.series(name);
  return readSeries(isGrid(value) ? value : list(value, name), name);
}

function datasetFrom(value: unknown, name: string): Dataset {
  if (value instanceof Resolved && value.index === undefined) return value.dataset;
  if (isGrid(value)) return readDataset(value, name);
  if (value instanceof Resolved) return readDataset([gridOf(value.series(name))], name);
  const all = list(value, name);
  return readDataset(
    all.map((one, k) => (one instanceof Resolved ? gridOf(one.series(name, k)) : list(one, name, k))),
    name,
  );
}

const gridOf = ({ data, n, d, ndim }: Series): Grid => ({ data, shape: ndim === 1 ? [n] : [n, d] });

/** A series in JSON, read by one checked loop into flat float64. */
export const series = z
  .unknown()
  .transform((given, context): Series => readingField(given, context, (value, name) => seriesFrom(value, name)))
  .meta({
    id: 'Series',
    description:
      'One time series: numbers (univariate, shape (sz,)) or rows of d numbers (multivariate, shape (sz, d)), one per time step. null means missing; trailing missing steps are trimmed.',
    anyOf: [
      { type: 'array', minItems: 1, items: { type: ['number', 'null'] } },
      { type: 'array', minItems: 1, items: { type: 'array', minItems: 1, items: { type: ['number', 'null'] } } },
      {
        type: 'object',
        description: 'A series of a kept data set',
        properties: {
          dataset: { type: 'string', description: 'Its name, or `name@sha256:...`' },
          index: { type: 'integer', minimum: 0 },
        },
        required: ['dataset', 'index'],
        additionalProperties: false,
      },
    ],
  });

/** A dataset in JSON, read into one flat array in shared memory. */
export const dataset = z
  .unknown()
  .transform((given, context): Dataset => readingField(given, context, (value, name) => datasetFrom(value, name)))
  .meta({
    id: 'Dataset',
    description:
      'At least one series, or the name of a kept data set. Lengths may differ; the number of values per step may not.',
    anyOf: [
      { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/Series' } },
      {
        type: 'string',
        pattern: '^[A-Za-z0-9._-]{1,128}(@sha256:[0-9a-f]{64})?$',
        description: 'The name of a kept data set, or `name@sha256:...` for one of its contents',
      },
    ],
  });

/** Whether a field takes a grid as it is: series and datasets do; other arrays are lists. */
export const takesGrid = (field: z.ZodType): boolean => innerOf(field) === series || innerOf(field) === dataset;

/** Which of both it is. */
export const kindOf = (field: z.ZodType): 'series' | 'dataset' => (innerOf(field) === series ? 'series' : 'dataset');

const innerOf = (field: z.ZodType): unknown => (field instanceof z.ZodOptional ? field.unwrap() : field);

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
