import { batch, signal } from '@preact/signals-core';
import { putDataset, type StoredDataset } from '../../clients/typescript/jobs.ts';
import { ownSample, type Sample, type Series } from '../data/series.ts';
import { type Attempt, attempt, client, dataOf, service } from '../service/attempt.ts';
import type { Failure } from '../service/messages.ts';
import { ask } from '../service/service.ts';
import { useStoredDataset } from './dataset.ts';

export type { StoredDataset };

/** The stored data sets, in the order of their names; undefined until they are asked for. */
export const stored = signal<readonly StoredDataset[] | undefined>(undefined);
/** Why they cannot be listed. */
export const storedProblem = signal<Failure | undefined>(undefined);

/** Larger data sets stay where they are: more series cannot be told apart in a matrix, more values take long to fetch. */
export const MOST_SERIES = 1000;
const MOST_VALUES = 3e6;

/** Asks for the list again. */
export async function listStored(): Promise<void> {
  const found: StoredDataset[] = [];
  let after: string | undefined;
  do {
    const query = { limit: 1000, ...(after !== undefined && { after }) };
    const page = await attempt(dataOf(client().GET('/datasets', { params: { query } })));
    if (!page.ok) {
      batch(() => {
        stored.value = undefined;
        storedProblem.value = page.problem;
      });
      return;
    }
    found.push(...page.data.datasets);
    after = page.data.next;
  } while (after !== undefined);
  batch(() => {
    stored.value = found;
    storedProblem.value = undefined;
  });
}

/** What is about to be stored: a file as it is, or series of the page. */
export interface Draft {
  readonly name: string;
  /** What it is, in words. */
  readonly what: string;
  readonly body: Blob | string;
  readonly type?: string;
}

export const draft = signal<Draft | undefined>(undefined);

/** Series of the page as the service takes them: with their classes if all have one. */
export function draftOf(name: string, what: string, series: readonly Pick<Sample, 'values' | 'label'>[]): Draft {
  const labels = series.map(({ label }) => label);
  const all = { series: series.map(({ values }) => values), ...(!labels.includes(undefined) && { labels }) };
  return { name: nameFor(name), what, body: JSON.stringify(all), type: 'application/json' };
}

/** A name that the service accepts, from the name of a file. */
export const nameFor = (file: string): string =>
  file
    .replace(/(\.(csv|tsv|txt|json|npy|npz|ts|parquet|gz))+$/i, '')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .slice(0, 128) || 'data';

/** What the service says of an upload. */
export type Put = StoredDataset & { readonly warnings?: readonly string[] };

/** Stores a data set under a name: a file as it is, or series of the page as JSON. */
export async function store(name: string, body: Blob | string, type?: string): Promise<Attempt<Put>> {
  const put = await attempt(putDataset(service(), name, body, type));
  if (put.ok) await listStored();
  return put;
}

/** Deletes a name. */
export async function deleteStored(name: string): Promise<Attempt<unknown>> {
  const gone = await attempt(dataOf(client().DELETE('/datasets/{name}', { params: { path: { name } } })));
  await listStored();
  return gone;
}

/** Whether the page fetches the series of a data set. */
export const fits = ({ count, lengths, d }: StoredDataset): boolean =>
  count <= MOST_SERIES && count * lengths.mean * d <= MOST_VALUES;

/** The series of a stored data set; none if the page cannot hold them. */
export async function fetchStored(set: StoredDataset): Promise<Attempt<readonly Sample[]>> {
  if (!fits(set)) return { ok: true, data: [] };
  type Content = { readonly series: readonly Series[]; readonly labels?: readonly string[] };
  const reply = await ask<Content>({ path: `/datasets/${set.name}@${set.digest}/content` });
  if (!reply.ok) return reply;
  const { series, labels } = reply.data;
  return { ok: true, data: series.map((values, k) => storedSample(set, k, values, labels?.[k])) };
}

/** Uses a stored data set, with its series if the page can hold them. */
export async function openStored(set: StoredDataset): Promise<Failure | undefined> {
  const fetched = await fetchStored(set);
  if (!fetched.ok) return fetched.problem;
  useStoredDataset(set, fetched.data);
  return undefined;
}

/** One series of a stored data set. */
export async function storedSeries(set: StoredDataset, index: number): Promise<Sample | undefined> {
  const name = `${set.name}@${set.digest}`;
  const path = { name, k: index };
  const reply = await attempt(dataOf(client().GET('/datasets/{name}/series/{k}', { params: { path } })));
  return reply.ok ? storedSample(set, index, reply.data.values as Series, reply.data.label) : undefined;
}

/** Where series of the page are stored: a request may say so in place of their values. */
const references = new WeakMap<Sample, { readonly dataset: string; readonly index: number }>();

/** A series as a request has it: where it is stored, or its values. What was normalised or cut is not what is stored. */
export const asked = (sample: Sample): unknown => references.get(sample) ?? sample.values;

function storedSample({ name }: StoredDataset, k: number, values: Series, label: string | undefined): Sample {
  const sample = {
    ...ownSample(values, label === undefined ? `${name} ${k}` : `${classNamed(label)} (${name} ${k})`),
    ...(label !== undefined && { label }),
  };
  references.set(sample, { dataset: name, index: k });
  return sample;
}

/** A class that is only a number is called one. */
const classNamed = (label: string): string => (Number.isNaN(Number(label)) ? label : `class ${label}`);
