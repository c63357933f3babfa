import { computed, effect, signal, untracked } from '@preact/signals-core';
import { latest } from '../service/latest.ts';
import { cancelled, type Failure, type Reply } from '../service/messages.ts';
import { borrowed } from './borrowed.ts';
import { channelOf } from './channel.ts';
import { askLong, makeJob } from './long.ts';
import { type Answer, metric, problem, type Request, request, type Shown, shown, used1, used2, view } from './state.ts';

type Subject = Pick<Shown, 's1' | 's2' | 'metric' | 'channel'> & { readonly request: Request };

/** The newest response, or what went wrong instead. */
const answered = signal<{ readonly shown: Shown; readonly failure?: Failure } | undefined>(undefined);
/** While true, responses are not shown automatically: whoever set it reveals them. */
export const held = signal(false);

const asked = latest<Subject, Reply<Answer>>(
  async (subject, signal) => {
    const [reply, drawn] = await Promise.all([askLong<Answer>(subject.request, signal), borrowed(subject, signal)]);
    return reply.ok ? { ...reply, data: { ...reply.data, ...drawn } } : reply;
  },
  (subject, reply) => {
    if (!isCurrent(subject)) return;
    answered.value = reply.ok
      ? { shown: { ...subject, answer: reply.data, timing: reply.timing } }
      : { shown: subject, failure: reply.problem };
  },
  // While a parameter moves, every response is shown; for another pair or metric, the older response is useless.
  (newer, older) => !sameSubject(newer, older),
);

/** The request about the pair, and how to give it up or repeat it. */
export const pairWork = {
  pending: asked.pending,
  cancel(): void {
    asked.cancel();
    problem.value = cancelled;
  },
  again(): void {
    const now = subject();
    if (now) post(now);
  },
  asJob(): void {
    const now = subject();
    if (!now) return;
    makeJob(now.request.body);
    asked.cancel();
    post(now);
  },
};

/** Whether the figure is for another pair or metric than those selected now. */
export const pairOutdated = computed(() => {
  const now = subject();
  return now !== undefined && shown.value !== undefined && !sameSubject(now, shown.value);
});

/** Keeps the figure of the pair up to date: any change in the request is sent, and the newest response is shown. */
export function keepPairAnswered(): void {
  effect(() => {
    const now = subject();
    if (now === undefined || view.value !== 'pair') return;
    // What is waited for already is not asked again when the view is opened again.
    untracked(() => asked.pending.value?.question.request !== now.request && post(now));
  });
  effect(() => {
    void answered.value;
    if (!held.value) untracked(reveal);
  });
}

let before: Subject | undefined;
function post(now: Subject): void {
  // Errors of another pair or metric no longer apply.
  if (before && !sameSubject(now, before) && problem.value?.code !== 'unauthorized') problem.value = undefined;
  if (problem.value?.code === 'cancelled') problem.value = undefined;
  before = now;
  asked.post(now);
}

/** Shows the newest response. If there is a problem, the last figure stays. */
export function reveal(): void {
  if (answered.value === undefined) return;
  problem.value = answered.value.failure;
  if (!answered.value.failure) shown.value = answered.value.shown;
}

/** The response to the current request, once it has arrived; undefined if there is a problem. */
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
  const channel = channelOf(metric.value, used1.value);
  return {
    request: request.value,
    metric: metric.value,
    s1: used1.value,
    s2: used2.value,
    ...(channel !== undefined && { channel }),
  };
}

type Of = Pick<Shown, 's1' | 's2' | 'metric'>;
const sameSubject = (a: Of, b: Of): boolean => a.s1 === b.s1 && a.s2 === b.s2 && a.metric === b.metric;

/** Whether a response is still about the pair and the metric on the screen. A stale one is dropped. */
const isCurrent = (asked: Subject): boolean => {
  const now = untracked(subject);
  return now !== undefined && sameSubject(now, asked);
};
