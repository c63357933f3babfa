import { batch, effect, type Signal, signal } from '@preact/signals-core';
import type { Job } from '../../clients/typescript/jobs.ts';
import { MOST_VALUES } from '../data/matrix.ts';
import { attempt, client, dataOf } from '../service/attempt.ts';
import type { Failure } from '../service/messages.ts';
import { ask } from '../service/service.ts';
import { current } from './current.ts';
import { inputsOf, shapeOf, tooLarge } from './job-inputs.ts';
import { type JobResult, jobResult } from './job-result.ts';
import { viewOf } from './job-views.ts';
import { answerBy, awaited } from './long.ts';
import { apply, snapshot } from './snapshot.ts';
import { be, capabilities, metricName, params, view, zNormalise } from './state.ts';
import { listStored, stored } from './stored.ts';

/** What was on the screen when the page made a job. */
const made = new Map<string, readonly unknown[]>();

/** Remembers what was on the screen when a job was made, as long as the page is open. */
export function keepJobsOpenable(): void {
  effect(() => {
    const { id } = awaited.value ?? {};
    if (id !== undefined && !made.has(id)) made.set(id, snapshot());
  });
}

const matrixTooLarge = (rows: number, columns: number): string => {
  const [n, m, most] = [rows, columns, MOST_VALUES].map((count) => count.toLocaleString('en-GB'));
  return `This matrix has ${n} rows and ${m} columns. The page draws up to ${most} values; “Save .npy” has all of them, for numpy.load.`;
};

/** Why a job that the address names is not open. */
export const openProblem: Signal<Failure | undefined> = signal(undefined);

/** The job that was opened last, and the request that it answers. */
let opened: { readonly id: string; readonly body: unknown } | undefined;

/** The job whose result is on the screen. */
export function openedJob(): string | undefined {
  if (view.peek() === 'stored') return jobResult.peek()?.job.id;
  return opened && opened.body === current.peek()?.request.peek()?.body ? opened.id : undefined;
}

/** Shows the result of a job: as the answer to its request where a view has such requests, otherwise by itself. */
export async function openJob(job: Job): Promise<Failure | undefined> {
  const kept = made.get(job.id);
  if (kept) {
    showing(job, () => apply(kept));
    return undefined;
  }
  await Promise.all([known(), stored.peek() === undefined && listStored()]);
  const inputs = await inputsOf(job);
  if (!inputs.ok) return inputs.problem;
  const choose = viewOf(job, inputs.data);
  if (choose) {
    showing(job, () => {
      zNormalise.value = false;
      metricName.value = job.request.path.split('/')[1] as string;
      be.value = String(job.request.body.be ?? 'numpy');
      params.value = given(job);
      choose();
    });
    return undefined;
  }
  const [rows, columns] = shapeOf(job, inputs.data);
  if (rows * columns > MOST_VALUES) return tooLarge(matrixTooLarge(rows, columns));
  const answer = await ask<JobResult['answer']>({ path: `/jobs/${job.id}/result` });
  if (!answer.ok) return answer.problem;
  batch(() => {
    view.value = 'stored';
    jobResult.value = { job, inputs: inputs.data, answer: answer.data };
  });
  return undefined;
}

/** Resolves once the service has said what it can do. */
const known = (): Promise<void> =>
  new Promise((resolve) => {
    const stop = effect(() => {
      if (!capabilities.value) return;
      resolve();
      queueMicrotask(() => stop());
    });
  });

/** Opens a job that an address names. */
export async function openJobNamed(id: string): Promise<void> {
  const found = await attempt(dataOf(client().GET('/jobs/{id}', { params: { path: { id } } })));
  openProblem.value = found.ok ? await openJob(found.data) : found.problem;
  if (openProblem.value) view.value = 'stored';
}

/** Chooses what a job was made of; the request that follows is answered by its result. */
function showing({ id }: Job, choose: () => void): void {
  batch(() => {
    choose();
    const body = current.value?.request.value?.body;
    if (!body) return;
    answerBy(body, id);
    opened = { id, body };
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
