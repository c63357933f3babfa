import { createHash, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Came,
  type Dataset,
  keptSeriesAt,
  type MetricRecord,
  type Series,
  seriesAt,
} from '../../core/server-door.ts';
import { ContentWriter } from '../datasets/content-file.ts';
import type { Datasets } from '../datasets/datasets.ts';
import { factsOf } from '../datasets/facts.ts';
import type { Common, Operation } from '../operations/operation.ts';
import type { KeptField, KeptRequest } from './job.ts';

type Body = Common & Record<string, unknown>;

/** A request that outlives its connection: its series become content in the store. */
export async function keepRequest(
  datasets: Datasets,
  record: MetricRecord,
  operation: Operation,
  body: Body,
  query: Readonly<Record<string, boolean>>,
): Promise<{ request: KeptRequest; digests: string[] }> {
  const fields: Record<string, KeptField> = {};
  const digests: string[] = [];
  for (const name of Object.keys(operation.fields)) {
    const value = body[name];
    if (value === undefined) continue;
    if (isDataset(value)) {
      const digest = value.kept?.digest ?? (await store(datasets, value));
      digests.push(digest);
      fields[name] = { dataset: digest, ...layoutOf(value), ...(value.came && { came: keptCame(value.came) }) };
    } else if (isSeries(value)) {
      const digest = await store(datasets, asDataset(value));
      digests.push(digest);
      fields[name] = { series: digest, ndim: value.ndim, sz: value.sz, ...layoutOf(value) };
    } else fields[name] = { value };
  }
  const request = { metric: record.name, suffix: operation.suffix, query, be: body.be, params: body.params, fields };
  return { request, digests };
}

/** The validated body of a stored request. @throws Error if content is gone */
export async function bodyOf(datasets: Datasets, { be, params, fields }: KeptRequest): Promise<Body> {
  const body: Record<string, unknown> = { ...params, params, be };
  for (const [name, field] of Object.entries(fields)) {
    if ('value' in field) body[name] = field.value;
    else if ('dataset' in field) {
      const dataset = await datasets.byDigest(field.dataset);
      const came = field.came && { came: cameOf(field.came, dataset.lengths.length) };
      body[name] = field.layout || came ? { ...dataset, ...layoutOf(field), ...came } : dataset;
    } else {
      const { sz, ndim } = field;
      body[name] = { ...keptSeriesAt(await datasets.byDigest(field.series), 0), sz, ndim, ...layoutOf(field) };
    }
  }
  return body as Body;
}

/** The layout that a series or dataset is returned in, if it is not the usual one. */
const layoutOf = ({ layout }: { readonly layout?: 'channels_first' }) => layout && { layout };

/** The shapes of the series of a data set, as JSON: one number if they are all the same. */
const keptCame = ({ sz, ndim }: Came) => ({ sz: oneOrAll(sz), ndim: oneOrAll(ndim) });

const oneOrAll = (numbers: Int32Array | Uint8Array): number | number[] =>
  numbers.every((one) => one === numbers[0]) ? (numbers[0] as number) : Array.from(numbers);

function cameOf({ sz, ndim }: ReturnType<typeof keptCame>, count: number): Came {
  const all = (given: number | number[]) => (typeof given === 'number' ? new Array<number>(count).fill(given) : given);
  return { sz: Int32Array.from(all(sz)), ndim: Uint8Array.from(all(ndim)) };
}

/** Distinguishes two requests with the same Idempotency-Key. */
export const fingerprintOf = (request: KeptRequest): string =>
  createHash('sha256').update(JSON.stringify(request)).digest('hex');

const isDataset = (value: unknown): value is Dataset =>
  typeof value === 'object' && value !== null && 'starts' in value;

const isSeries = (value: unknown): value is Series =>
  typeof value === 'object' && value !== null && 'sz' in value && 'data' in value;

const asDataset = ({ data, n, d }: Series): Dataset => ({
  data,
  starts: Int32Array.of(0),
  lengths: Int32Array.of(n),
  d,
});

/** Stores a data set that came in a request. */
async function store(datasets: Datasets, dataset: Dataset): Promise<string> {
  const path = join(tmpdir(), `warpserve-${randomUUID()}`);
  const writer = new ContentWriter(path, Number.POSITIVE_INFINITY);
  try {
    for (let k = 0; k < dataset.lengths.length; k++) writer.add(seriesAt(dataset, k));
    const facts = factsOf(writer.end(), 'ts');
    await datasets.keep(path, facts);
    return facts.digest;
  } finally {
    writer.close();
    await rm(path, { force: true });
  }
}
