import { workerData } from 'node:worker_threads';
import {
  type CancelFlag,
  Cancelled,
  evaluate,
  InvalidInput,
  metrics,
  setTfjsEngine,
  useKernelModule,
} from '../../core/server-door.ts';
import { inputProblem, Problem } from '../http/errors.ts';
import { countShared } from '../pool/ballast.ts';
import type { Message, Reply, WarmUp } from '../pool/message.ts';
import { jobs } from './jobs.ts';

setTfjsEngine(workerData.tfjsEngine);
useKernelModule(workerData.kernels);

/** The thread: one message in, one reply out. */
export default async function work(message: Message): Promise<Reply> {
  try {
    if ('warmUp' in message) return { output: warmUp(message.warmUp), ms: 0 };
    // Whoever names a job passes the input that it takes.
    const job = jobs.get(message.job) as (input: unknown, cancel: CancelFlag) => unknown;
    countShared(message.input, message.jobs);
    const started = performance.now();
    const output = await job(message.input, message.cancel);
    const ms = performance.now() - started;
    countShared(output);
    return { output, ms };
  } catch (error) {
    if (error instanceof Cancelled) return { cancelled: true };
    const problem = error instanceof InvalidInput ? inputProblem(error) : error;
    if (!(problem instanceof Problem)) throw error;
    return { problem: { code: problem.code, detail: problem.message, errors: problem.errors } };
  }
}

function warmUp({ arrived, workers }: WarmUp): void {
  for (const { name, backends } of metrics) {
    for (const be of backends) evaluate(name, [1, 2, 3], [3, 4, -3], { be });
  }
  Atomics.add(arrived, 0, 1);
  Atomics.notify(arrived, 0);
  for (let seen = Atomics.load(arrived, 0); seen < workers; seen = Atomics.load(arrived, 0)) {
    Atomics.wait(arrived, 0, seen);
  }
}
