import { type CancelFlag, Cancelled, evaluate, InvalidInput, metrics, releaseKernels } from '../../core/server-door.ts';
import { inputProblem, Problem } from '../http/errors.ts';
import { countShared } from '../memory/ballast.ts';
import { collect } from '../memory/collect.ts';
import { tidy } from '../memory/tidy.ts';
import type { Message, Reply } from '../pool/message.ts';
import { jobs } from './jobs.ts';
import { withKnown } from './kept-datasets.ts';

/** Computes what a message asks for, synchronously except for the few jobs that wait for something. */
export function work(message: Message): Reply | Promise<Reply> {
  try {
    if ('warmUp' in message) return { output: warmUp() };
    // Whoever names a job passes the input that it takes.
    const job = jobs.get(message.job) as (input: unknown, cancel: CancelFlag) => unknown;
    countShared(message.input, message.jobs);
    const output = job(withKnown(message.input), message.cancel);
    return output instanceof Promise ? output.then(replyOf, failure) : replyOf(output);
  } catch (error) {
    return failure(error);
  }
}

function replyOf(output: unknown): Reply {
  countShared(output);
  tidy(releaseKernels());
  return { output };
}

function failure(error: unknown): Reply {
  if (error instanceof Cancelled) return { cancelled: true };
  const problem = error instanceof InvalidInput ? inputProblem(error) : error;
  if (!(problem instanceof Problem)) return { bug: error };
  return { problem: { code: problem.code, detail: problem.message, errors: problem.errors, headers: problem.headers } };
}

/** What most requests need: TensorFlow.js takes 36 MB and is loaded when it is first asked for. */
function warmUp(): void {
  for (const { name } of metrics) evaluate(name, [1, 2, 3], [3, 4, -3], { be: 'numpy' });
  setImmediate(collect, 'last-resort');
}
