import { receiveMessageOnPort } from 'node:worker_threads';
import { apart, whenLoading, whenPolled } from '../../core/server-door.ts';
import type { Answered, Message, Reply, Seat, Sent } from '../pool/message.ts';

/**
 * The thread's end of a `Thread`: computes and answers each message. While computing, it checks at every poll
 * whether another message should go first: that one is computed in between, and the first continues where it was.
 *
 * @param work returns at once, unless it has to wait for something other than its own computation
 * @returns a promise that never resolves: the thread is occupied as long as it lives
 */
export function listen(
  { port, knock, current }: Seat,
  work: (message: Message) => Reply | Promise<Reply>,
): Promise<never> {
  /** Milliseconds that other messages took while the current one was being computed. */
  let aside = 0;

  const serve = (sent: Sent): void => {
    const started = performance.now();
    const before = aside;
    const interrupted = Atomics.exchange(current, 0, sent.id);
    const answer = (reply: Reply) => {
      Atomics.compareExchange(current, 0, sent.id, interrupted);
      const ms = performance.now() - started - (aside - before);
      port.postMessage({ id: sent.id, reply, ms } satisfies Answered);
    };
    const reply = work(sent);
    if (reply instanceof Promise) void reply.then(answer);
    else answer(reply);
  };

  const serveFirst = (): void => {
    if (Atomics.load(knock, 0) === 0) return;
    Atomics.store(knock, 0, 0);
    const started = performance.now();
    const before = aside;
    for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) {
      const { message } = next;
      apart(() => serve(message));
    }
    aside = before + performance.now() - started;
  };

  whenLoading((isLoading) => void Atomics.store(current, 1, Number(isLoading)));
  whenPolled(serveFirst);
  port.on('message', serve);
  return new Promise(() => {});
}
