import { workerData } from 'node:worker_threads';
import {
  type CancelFlag,
  Cancelled,
  computeTile,
  evaluate,
  InvalidInput,
  metricRecord,
  metrics,
  setTfjsEngine,
  solve,
} from '../../core/index.ts';
import { CANCEL, type Message, type Reply, STARTED, type Task, type WarmUpTask } from './task.ts';

setTfjsEngine(workerData.tfjsEngine);

/** The thread: one message in, one reply out. */
export default function work(message: Message): Reply {
  Atomics.store(message.control, STARTED, 1);
  try {
    return run(message, message.control.subarray(CANCEL, CANCEL + 1));
  } catch (error) {
    if (error instanceof InvalidInput) {
      return { invalid: { message: error.message, path: error.path, code: error.code } };
    }
    if (error instanceof Cancelled) return { cancelled: true };
    throw error;
  }
}

function run(task: Task, cancel: CancelFlag): Reply {
  switch (task.kind) {
    case 'evaluate': {
      const { metric, s1, s2, params, be, wanted } = task;
      return { solution: solve(metricRecord(metric), s1, s2, params, be, wanted, cancel) };
    }
    case 'tile':
      computeTile(metricRecord(task.metric), task.problem, task.tile, task.out, cancel);
      return { done: true };
    case 'warm-up':
      warmUp(task);
      return { done: true };
  }
}

function warmUp({ arrived, workers }: WarmUpTask): void {
  for (const { name, backends } of metrics) {
    for (const be of backends) evaluate(name, [1, 2, 3], [3, 4, -3], { be });
  }
  Atomics.add(arrived, 0, 1);
  Atomics.notify(arrived, 0);
  for (let seen = Atomics.load(arrived, 0); seen < workers; seen = Atomics.load(arrived, 0)) {
    Atomics.wait(arrived, 0, seen);
  }
}
