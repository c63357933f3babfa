import { computed, type ReadonlySignal } from '@preact/signals-core';
import type { Latest } from '../service/latest.ts';
import { cancelled } from '../service/messages.ts';
import { makeJob } from './long.ts';
import { problem, type Request } from './state.ts';

/**
 * The request of a view that may take long: how to send it, and to give it up, repeat it or make it a job.
 *
 * @param subject what the view is about now
 * @param shown what it shows
 */
export function longWork<S extends { readonly request: Request }>(
  asked: Latest<S>,
  subject: ReadonlySignal<S | undefined>,
  shown: ReadonlySignal<{ readonly request: Request } | undefined>,
) {
  function post(now: S): void {
    if (shown.value?.request === now.request) return;
    if (problem.value?.code !== 'unauthorized') problem.value = undefined;
    asked.post(now);
  }
  return {
    /** Asks, unless just that is waited for already: when its view is opened again, say. */
    askOnce(now: S): void {
      if (asked.pending.value?.question.request !== now.request) post(now);
    },
    work: {
      pending: asked.pending,
      cancel(): void {
        asked.cancel();
        problem.value = cancelled;
      },
      again(): void {
        if (subject.value) post(subject.value);
      },
      asJob(): void {
        if (!subject.value) return;
        makeJob(subject.value.request.body);
        post(subject.value);
      },
    },
    /** Whether what is shown belongs to something else than what is selected now. */
    outdated: computed(() => shown.value !== undefined && shown.value.request !== subject.value?.request),
  };
}
