import { batch, effect } from '@preact/signals-core';
import type { Job, StoredDataset } from '../../clients/typescript/jobs.ts';
import type { Failure } from '../service/messages.ts';
import { current } from './current.ts';
import { useStoredDataset } from './dataset.ts';
import { answerBy, awaited } from './long.ts';
import { apply, snapshot } from './snapshot.ts';
import { be, capabilities, metricName, params, view, zNormalise } from './state.ts';
import { fetchStored, fits, stored } from './stored.ts';

/** What was on the screen when the page made a job. */
const made = new Map<string, readonly unknown[]>();

/** Remembers what was on the screen when a job was made, as long as the page is open. */
export function keepJobsOpenable(): void {
  effect(() => {
    const { id } = awaited.value ?? {};
    if (id !== undefined && !made.has(id)) made.set(id, snapshot());
  });
}

/** The stored data set with a digest, as a job names it. */
export const setOf = (digest: unknown): StoredDataset | undefined => stored.value?.find((set) => set.digest === digest);

/** The stored data set whose matrix a job computes, if the page can draw it. */
function drawable({ request: { path, body } }: Job): StoredDataset | undefined {
  const set = setOf(body.dataset1);
  return path.endsWith('/cdist') && body.dataset2 === undefined && set && fits(set) ? set : undefined;
}

/** Whether the result of a job can be shown: its series must be stored under a name, or on this page. */
export const opens = (job: Job): boolean =>
  job.status === 'succeeded' && (made.has(job.id) || drawable(job) !== undefined);

/** Shows the result of a job as the answer to its request. */
export async function openJob(job: Job): Promise<Failure | undefined> {
  const kept = made.get(job.id);
  const set = drawable(job);
  if (kept) {
    showing(job, () => apply(kept));
    return undefined;
  }
  if (!set) return undefined;
  const fetched = await fetchStored(set);
  if (!fetched.ok) return fetched.problem;
  showing(job, () => {
    useStoredDataset(set, fetched.data);
    view.value = 'matrix';
    zNormalise.value = false;
    metricName.value = job.request.path.split('/')[1] as string;
    be.value = String(job.request.body.be ?? 'numpy');
    params.value = given(job);
  });
  return undefined;
}

/** Chooses what a job was made of; the request that follows is answered by its result. */
function showing({ id }: Job, choose: () => void): void {
  batch(() => {
    choose();
    const body = current.value?.request.value?.body;
    if (body) answerBy(body, id);
  });
}

/** The parameters of a job that are not at their defaults. */
function given({ request: { path, body } }: Job): Record<string, unknown> {
  const record = capabilities.value?.metrics.find(({ name }) => name === path.split('/')[1]);
  const known = (record?.parameters.properties ?? {}) as Record<string, { default?: unknown }>;
  const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => name in known && !same(value, known[name]?.default)),
  );
}
