import { type Signal, signal } from '@preact/signals-core';
import { type Job, submit, untilEnded } from '../../clients/typescript/jobs.ts';
import { attempt, client, failureOf, service } from '../service/attempt.ts';
import { GIVEN_UP } from '../service/latest.ts';
import { cancelled, type Failure, type Question, type Reply, type Rows } from '../service/messages.ts';
import { ask } from '../service/service.ts';
import { capabilities } from './state.ts';

/** Requests to be made as jobs, because the user said so. */
const asJobs = new WeakSet<object>();
/** The jobs whose results answer requests: those that are opened from the list. */
const answeredBy = new WeakMap<object, string>();

/** Makes a request as a job when it is next sent. */
export const makeJob = (request: object): void => void asJobs.add(request);

/** Answers a request with the result of a job. */
export const answerBy = (request: object, id: string): void => void answeredBy.set(request, id);

/** The job that the page waits for. */
export const awaited: Signal<Job | undefined> = signal(undefined);

/** Whether a job may do what a request may not. */
const calls = ({ code }: Failure): boolean =>
  capabilities.value?.store === true && (code === 'too_many_cells' || code === 'timeout');

/**
 * Sends a request; one that is too long for a request becomes a job, which is waited for. If the waiting is given up by the user, the job
 * is cancelled; if another request takes its place, the job goes on.
 *
 * @param told gets the rows of a matrix as they come
 */
export async function askLong<T>(
  question: Question,
  signal: AbortSignal,
  told?: (rows: Rows) => void,
): Promise<Reply<T>> {
  const opened = answeredBy.get(question.body ?? question);
  if (opened !== undefined) {
    const reply = await resultOf<T>(opened, question, signal, told);
    // A job that was deleted since answers nothing: the service is asked.
    if (reply.ok || reply.problem.code !== 'job_not_found') return reply;
  }
  if (!asJobs.has(question.body ?? question)) {
    const reply = await ask<T>(question, signal, told);
    if (reply.ok || signal.aborted || !calls(reply.problem)) return reply;
  }
  const flags = new URLSearchParams(Object.entries(question.query ?? {}).map(([name, on]) => [name, String(on)]));
  const path = `${question.path}${flags.size > 0 ? `?${flags}` : ''}`;
  const submitted = await attempt(submit(service(), path, question.body ?? {}));
  if (!submitted.ok) return submitted;
  if (signal.aborted) return { ok: false, problem: cancelled };
  const ended = await waitFor(submitted.data, signal);
  if (!ended.ok) return ended;
  return await resultOf(submitted.data.id, question, signal, told);
}

/** Waits for a job to succeed. */
async function waitFor(job: Job, signal: AbortSignal): Promise<Reply<Job> | { ok: true }> {
  const progress = (now: Job) => {
    awaited.value = now;
  };
  progress(job);
  try {
    const { status, problem } = await untilEnded(service(), job.id, { progress, signal });
    if (status === 'succeeded') return { ok: true };
    if (status === 'cancelled') return { ok: false, problem: cancelled };
    const { code, detail } = problem ?? { code: 'internal_error', detail: 'The job failed.' };
    return {
      ok: false,
      problem: { type: `/errors#${code}`, title: 'The job failed', status: 0, instance: '', code, detail },
    };
  } catch (error) {
    if (!signal.aborted) return { ok: false, problem: failureOf(error) };
    if (signal.reason === GIVEN_UP) await attempt(client().DELETE('/jobs/{id}', { params: { path: { id: job.id } } }));
    return { ok: false, problem: cancelled };
  } finally {
    awaited.value = undefined;
  }
}

const resultOf = <T>(id: string, { rows }: Question, signal: AbortSignal, told?: (rows: Rows) => void) =>
  ask<T>({ path: `/jobs/${id}/result`, ...(rows !== undefined && { rows }) }, signal, told);
