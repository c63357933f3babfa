import { effect, signal, untracked } from '@preact/signals-core';
import { latest } from '../service/latest.ts';
import type { Failure, Reply } from '../service/messages.ts';
import { ask } from '../service/service.ts';
import { type Answer, metric, problem, type Request, request, type Shown, shown, used1, used2, view } from './state.ts';

type Subject = Pick<Shown, 's1' | 's2' | 'metric'> & { readonly request: Request };

/** The newest answer, and what went wrong instead. */
const answered = signal<{ readonly shown: Shown; readonly failure?: Failure } | undefined>(undefined);
/** While true, answers are not shown by themselves: whoever set it reveals them. */
export const held = signal(false);

/** Keeps the picture of the pair up to date: whatever changes in the request is asked, and the newest answer is shown. */
export function keepPairAnswered(): void {
  const post = latest<Subject, Reply<Answer>>(
    ({ request }, signal) => ask<Answer>(request, signal),
    (subject, reply) => {
      if (!isCurrent(subject)) return;
      answered.value = reply.ok
        ? { shown: { ...subject, answer: reply.data, timing: reply.timing } }
        : { shown: subject, failure: reply.problem };
    },
    // A parameter that moves shows every answer that comes; for another pair or metric the older answer is of no use.
    (newer, older) => !sameSubject(newer, older),
  );
  effect(() => {
    const now = subject();
    if (now !== undefined && view.value === 'pair') untracked(() => post(now));
  });
  effect(() => {
    void answered.value;
    if (!held.value) untracked(reveal);
  });
}

/** Shows the newest answer. With a problem, the last picture stays. */
export function reveal(): void {
  if (answered.value === undefined) return;
  problem.value = answered.value.failure;
  if (!answered.value.failure) shown.value = answered.value.shown;
}

/** The answer to the request as it stands, once it has come; undefined where there is a problem with it. */
export function settled(): Promise<Shown | undefined> {
  return new Promise((resolve) => {
    const stop = effect(() => {
      if (answered.value === undefined || answered.value.shown.request !== request.value) return;
      const { shown: found, failure } = answered.value;
      resolve(failure ? undefined : found);
      queueMicrotask(() => stop());
    });
  });
}

function subject(): Subject | undefined {
  if (!request.value || !metric.value || !used1.value || !used2.value) return undefined;
  return { request: request.value, metric: metric.value, s1: used1.value, s2: used2.value };
}

const sameSubject = (a: Subject, b: Subject): boolean => a.s1 === b.s1 && a.s2 === b.s2 && a.metric === b.metric;

/** Whether an answer is still about the pair and the metric on the screen. A stale one is dropped. */
const isCurrent = (asked: Subject): boolean => {
  const now = untracked(subject);
  return now !== undefined && sameSubject(now, asked);
};
