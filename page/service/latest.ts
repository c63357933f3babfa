import { type ReadonlySignal, signal } from '@preact/signals-core';

/** Why the signal of a request is aborted if the user gave it up. */
export const GIVEN_UP = 'given up';

/** Sends one request at a time, the newest. */
export interface Latest<Q> {
  /** Sends a request, at once or when the one in flight has been answered or given up. */
  post(question: Q): void;
  /** Gives up the requests in flight and waiting. */
  cancel(): void;
  /** The request in flight, and since when (`performance.now()`). */
  readonly pending: ReadonlySignal<{ readonly question: Q; readonly since: number } | undefined>;
}

/**
 * Sends one request at a time. Of those that arrive while one is in flight, only the newest is sent next, so a slider that moves
 * faster than the service responds skips values and never falls behind.
 *
 * @param ask sends a request; its signal is aborted when the response is no longer wanted
 * @param told receives each response that is still wanted
 * @param outdates whether a newer request makes the response to an older one useless, so that it is given up at once
 */
export function latest<Q, A>(
  ask: (question: Q, signal: AbortSignal) => Promise<A>,
  told: (question: Q, answer: A) => void,
  outdates: (newer: Q, older: Q) => boolean,
): Latest<Q> {
  let current: { question: Q; controller: AbortController } | undefined;
  let next: { question: Q } | undefined;
  const pending = signal<{ question: Q; since: number } | undefined>(undefined);

  async function run(question: Q): Promise<void> {
    const controller = new AbortController();
    current = { question, controller };
    pending.value = { question, since: performance.now() };
    const answer = await ask(question, controller.signal);
    current = undefined;
    if (next === undefined) pending.value = undefined;
    if (!controller.signal.aborted) told(question, answer);
    if (next === undefined) return;
    const { question: newest } = next;
    next = undefined;
    void run(newest);
  }

  return {
    pending,
    post(question) {
      if (current === undefined) {
        void run(question);
        return;
      }
      next = { question };
      if (outdates(question, current.question)) current.controller.abort();
    },
    cancel() {
      next = undefined;
      current?.controller.abort(GIVEN_UP);
    },
  };
}
