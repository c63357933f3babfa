import { key } from './key.ts';
import type { FromWorker, Question, Reply, ToWorker } from './messages.ts';

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const waiting = new Map<number, (reply: Reply<unknown>) => void>();
/** Where the service is: next to the page, even if a proxy puts both under a path. */
export const base = new URL('.', location.href).href.replace(/\/$/, '');
let last = 0;

worker.addEventListener('message', ({ data: { id, reply } }: MessageEvent<FromWorker>) => {
  waiting.get(id)?.(reply);
  waiting.delete(id);
});

/** Sends a request to the service. It never rejects: errors are problems, as the service returns them. */
export function ask<T>(question: Question, signal?: AbortSignal): Promise<Reply<T>> {
  const id = ++last;
  const { promise, resolve } = Promise.withResolvers<Reply<T>>();
  waiting.set(id, resolve as (reply: Reply<unknown>) => void);
  worker.postMessage({ id, question, base, key: key.peek() } satisfies ToWorker);
  signal?.addEventListener('abort', () => worker.postMessage({ cancel: id } satisfies ToWorker));
  return promise;
}
