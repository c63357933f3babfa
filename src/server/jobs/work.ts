import { type CancelFlag, Cancelled, evaluate, InvalidInput, metrics } from '../../core/server-door.ts';
import { inputProblem, Problem } from '../http/errors.ts';
import { countShared } from '../pool/ballast.ts';
import type { Message, Reply, WarmUp } from '../pool/message.ts';
import { jobs } from './jobs.ts';
import { withKnown } from './kept-datasets.ts';

/** Computes what a message asks for. At once, but for the few jobs that wait for something. */
export function work(message: Message): Reply | Promise<Reply> {
  try {
    if ('warmUp' in message) return { output: warmUp(message) };
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
  return { output };
}

function failure(error: unknown): Reply {
  if (error instanceof Cancelled) return { cancelled: true };
  const problem = error instanceof InvalidInput ? inputProblem(error) : error;
  if (!(problem instanceof Problem)) return { bug: error };
  return { problem: { code: problem.code, detail: problem.message, errors: problem.errors } };
}

function warmUp({ warmUp }: WarmUp): void {
  for (const { name, backends } of metrics) {
    for (const be of backends) {
      if (warmUp === 'everything' || be === backends[0]) evaluate(name, [1, 2, 3], [3, 4, -3], { be });
    }
  }
}
