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

/** The longest pause between two requests, in milliseconds: a slider that moves is followed ten times a second. */
const LONGEST = 60;

/**
 * Sends one request at a time. Of those that arrive while one is in flight, only the newest is sent next, so a slider that moves
 * faster than the service responds skips values and never falls behind. Between two, there is a pause of the time that the first took: the
 * processors that the service and the page may share then draw frames.
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
    const since = performance.now();
    pending.value = { question, since };
    const answer = await ask(question, controller.signal);
    if (next === undefined) pending.value = undefined;
    if (!controller.signal.aborted) {
      told(question, answer);
      if (next !== undefined) {
        const now = performance.now();
        pending.value = { question: next.question, since: now };
        await pause(Math.min(LONGEST, now - since), controller.signal);
      }
    }
    current = undefined;
    if (next === undefined) {
      pending.value = undefined;
      return;
    }
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

/** Waits, unless it is cut short. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => resolve());
  });
