import { batch, computed, effect, signal } from '@preact/signals-core';
import type { Reply } from '../service/messages.ts';
import { ask } from '../service/service.ts';
import { type Answer, capabilities, type Metric, used1, used2 } from './state.ts';

/** What one metric says of the pair, with all parameters at their defaults. */
export interface Row {
  readonly metric: Metric;
  readonly value?: number;
  /** Milliseconds in the kernels. */
  readonly compute?: number;
  /** Why there is no value. */
  readonly wrong?: string;
}

/** So many are asked at a time. */
const AT_ONCE = 2;

const answers = signal<{ readonly s1: unknown; readonly s2: unknown; readonly rows: readonly Row[] } | undefined>(
  undefined,
);
/** The rows that have come for the pair on the screen. */
export const rows = computed(() =>
  answers.value?.s1 === used1.value && answers.value?.s2 === used2.value ? (answers.value?.rows ?? []) : [],
);
export const running = signal<AbortController | undefined>(undefined);

/** Asks every metric for its value of the pair; rows come as they are computed. Another pair ends it. */
export async function askAll(): Promise<void> {
  const [s1, s2] = [used1.value, used2.value];
  if (!s1 || !s2) return;
  const controller = new AbortController();
  batch(() => {
    running.value = controller;
    answers.value = { s1, s2, rows: [] };
  });
  const left = [...(capabilities.value?.metrics ?? [])];
  const work = async () => {
    for (let metric = left.shift(); metric && !controller.signal.aborted; metric = left.shift()) {
      const question = { path: `/${metric.name}`, body: { s1: s1.values, s2: s2.values } };
      const reply: Reply<Answer> = await ask(question, controller.signal);
      if (controller.signal.aborted) return;
      const row = reply.ok
        ? {
            metric,
            value: reply.data.value,
            ...(reply.timing.compute !== undefined && { compute: reply.timing.compute }),
          }
        : { metric, wrong: reply.problem.errors?.[0]?.detail ?? reply.problem.detail };
      answers.value = { s1, s2, rows: [...(answers.peek()?.rows ?? []), row] };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (running.peek() === controller) running.value = undefined;
}

/** Ends the asking. */
export function stopAsking(): void {
  running.peek()?.abort();
  running.value = undefined;
}

/** What is asked of a pair that is no longer on the screen is given up. */
export function keepAllCurrent(): void {
  effect(() => {
    const now = [used1.value, used2.value];
    const { s1, s2 } = answers.peek() ?? {};
    if (running.peek() && (now[0] !== s1 || now[1] !== s2)) stopAsking();
  });
}
