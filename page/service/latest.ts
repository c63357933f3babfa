/**
 * Asks one question at a time. Of those that come while one is under way only the newest is asked next, so a slider that moves
 * faster than the service answers skips values and never falls behind.
 *
 * @param ask asks; its signal says that the answer is no longer wanted
 * @param told gets each answer that is still wanted
 * @param outdates whether a newer question makes the answer to an older one useless, so that it is given up at once
 */
export function latest<Q, A>(
  ask: (question: Q, signal: AbortSignal) => Promise<A>,
  told: (question: Q, answer: A) => void,
  outdates: (newer: Q, older: Q) => boolean,
): (question: Q) => void {
  let current: { question: Q; controller: AbortController } | undefined;
  let next: { question: Q } | undefined;

  async function run(question: Q): Promise<void> {
    const controller = new AbortController();
    current = { question, controller };
    const answer = await ask(question, controller.signal);
    current = undefined;
    if (!controller.signal.aborted) told(question, answer);
    if (next === undefined) return;
    const { question: newest } = next;
    next = undefined;
    void run(newest);
  }

  return (question) => {
    if (current === undefined) {
      void run(question);
      return;
    }
    next = { question };
    if (outdates(question, current.question)) current.controller.abort();
  };
}
