import '../../src/server/worker/worker.ts';
import type { Message, Reply, Seat } from '../../src/server/pool/message.ts';
import { listen } from '../../src/server/worker/listen.ts';
import { work } from '../../src/server/worker/work.ts';
import { EXIT, HEAP, STUCK } from './crash-triggers.ts';

// The service's worker, except that a pair whose first series begins with one of these numbers ends it. Only tests use it.

export default (seat: Seat): Promise<never> => listen(seat, crashing);

function crashing(message: Message): Reply | Promise<Reply> {
  const first = 'job' in message && message.job === 'evaluate' ? (message.input as Pair).s1.data[0] : 0;
  if (first === EXIT) process.exit(3);
  if (first === HEAP) fillHeap();
  while (first === STUCK);
  return work(message);
}

interface Pair {
  readonly s1: { readonly data: Float64Array };
}

function fillHeap(): void {
  const kept: object[] = [];
  for (;;) kept.push({ at: kept.length });
}
