import { key } from './key.ts';
import type { FromWorker, Question, Reply, Rows, ToWorker } from './messages.ts';

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
interface Waiting {
  readonly resolve: (reply: Reply<unknown>) => void;
  readonly told: ((rows: Rows) => void) | undefined;
}

const waiting = new Map<number, Waiting>();
/** Where the service is: next to the page, even if a proxy puts both under a path. */
export const base = new URL('.', location.href).href.replace(/\/$/, '');
let last = 0;

worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
  const asked = waiting.get(data.id);
  if ('rows' in data) {
    asked?.told?.(data.rows);
    return;
  }
  asked?.resolve(data.reply);
  waiting.delete(data.id);
});

/**
 * Sends a request to the service. It never rejects: errors are problems, as the service returns them.
 *
 * @param told gets the rows of a matrix as they come
 */
export function ask<T>(question: Question, signal?: AbortSignal, told?: (rows: Rows) => void): Promise<Reply<T>> {
  const id = ++last;
  const { promise, resolve } = Promise.withResolvers<Reply<T>>();
  waiting.set(id, { resolve: resolve as Waiting['resolve'], told });
  worker.postMessage({ id, question, base, key: key.peek() } satisfies ToWorker);
  signal?.addEventListener('abort', () => worker.postMessage({ cancel: id } satisfies ToWorker));
  return promise;
}
