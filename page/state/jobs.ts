import { batch, effect, signal } from '@preact/signals-core';
import { type Job, resultOf, submit, untilEnded } from '../../clients/typescript/jobs.ts';
import { type Attempt, attempt, client, dataOf, service } from '../service/attempt.ts';
import type { Failure } from '../service/messages.ts';
import { awaited } from './long.ts';
import { view } from './state.ts';

export type { Job };

/** The newest jobs, newest first; undefined until they are asked for. */
export const jobs = signal<readonly Job[] | undefined>(undefined);
/** Whether there are older ones. */
export const moreJobs = signal(false);
/** Why they cannot be listed. */
export const jobsProblem = signal<Failure | undefined>(undefined);

/** So many jobs are listed. */
const LISTED = 50;
/** The progress of so many is followed at a time: each takes one of the few connections that a browser opens. */
const FOLLOWED = 2;

/** Whether a job is over. */
export const hasEnded = ({ status }: Job): boolean => status !== 'queued' && status !== 'running';

/** Asks for the list again. */
export async function listJobs(): Promise<void> {
  const page = await attempt(dataOf(client().GET('/jobs', { params: { query: { limit: LISTED } } })));
  batch(() => {
    jobs.value = page.ok ? page.data.jobs : undefined;
    moreJobs.value = page.ok && page.data.next !== undefined;
    jobsProblem.value = page.ok ? undefined : page.problem;
  });
}

/** Cancels an open job, or deletes one that has ended. */
export async function endJob({ id }: Job): Promise<Attempt<unknown>> {
  const gone = await attempt(dataOf(client().DELETE('/jobs/{id}', { params: { path: { id } } })));
  await listJobs();
  return gone;
}

/** Asks for the matrix of a data set as a job. */
export const submitMatrix = (metric: string, dataset1: unknown, params: object): Promise<Attempt<Job>> =>
  attempt(submit(service(), `/${metric}/cdist`, { dataset1, ...params }));

/** The result of a job as a file of the given type. */
export const fileOf = ({ id }: Job, type: string): Promise<Attempt<Blob>> =>
  attempt(resultOf(service(), id, type).then((response) => response.blob()));

function changed(job: Job): void {
  jobs.value = jobs.peek()?.map((one) => (one.id === job.id ? job : one));
}

/** While the list is on the screen, the progress of its jobs is followed, the oldest first. */
export function keepJobsCurrent(): void {
  const followed = new Map<string, AbortController>();
  const follow = async (id: string) => {
    const controller = new AbortController();
    followed.set(id, controller);
    const ended = await attempt(untilEnded(service(), id, { progress: changed, signal: controller.signal }));
    followed.delete(id);
    if (!controller.signal.aborted && ended.ok) await listJobs();
  };
  effect(() => {
    const open = view.value === 'stored' ? (jobs.value ?? []).filter((job) => !hasEnded(job)) : [];
    const wanted = open.slice(-FOLLOWED).map(({ id }) => id);
    for (const [id, controller] of followed) if (!wanted.includes(id)) controller.abort();
    for (const id of wanted) if (!followed.has(id)) void follow(id);
  });
  // A job that the page itself waits for is in the list too.
  effect(() => {
    if (awaited.value) changed(awaited.value);
  });
}
