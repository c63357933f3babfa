import { workerData } from 'node:worker_threads';
import {
  Cancelled,
  evaluate,
  InvalidInput,
  metricRecord,
  metrics,
  setTfjsEngine,
  solve,
  tfjsEngine,
} from '../../core/index.ts';
import { CANCEL, type EvaluateTask, type Message, type Reply, STARTED, type WarmUpTask } from './task.ts';

setTfjsEngine(workerData.tfjsEngine);

/** The thread: one message in, one reply out. */
export default function work(message: Message): Reply {
  Atomics.store(message.control, STARTED, 1);
  try {
    return message.kind === 'warm-up' ? warmUp(message) : { solution: run(message, message.control) };
  } catch (error) {
    if (error instanceof InvalidInput) {
      return { invalid: { message: error.message, path: error.path, code: error.code } };
    }
    if (error instanceof Cancelled) return { cancelled: true };
    throw error;
  }
}

function run({ metric, s1, s2, params, be, wanted }: EvaluateTask, control: Int32Array) {
  return solve(metricRecord(metric), s1, s2, params, be, wanted, control.subarray(CANCEL, CANCEL + 1));
}

function warmUp({ arrived, workers }: WarmUpTask): Reply {
  for (const { name, backends } of metrics) {
    for (const be of backends) evaluate(name, [1, 2, 3], [3, 4, -3], { be });
  }
  Atomics.add(arrived, 0, 1);
  Atomics.notify(arrived, 0);
  for (let seen = Atomics.load(arrived, 0); seen < workers; seen = Atomics.load(arrived, 0)) {
    Atomics.wait(arrived, 0, seen);
  }
  return { solution: { value: tfjsEngine() === 'node' ? 1 : 0 } };
}
