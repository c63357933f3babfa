import { type CancelFlag, metricRecord, type Solution, solve } from '../../core/index.ts';
import type { Timing } from '../plugins/server-timing.ts';
import type { EvaluateJob } from './task.ts';

// Handing a pair to a worker and taking its answer back costs the main thread about 20 microseconds. Work that takes less is done
// on the spot: that is faster for this request and for all others.

const HAND_OVER_NS = 20_000;

/** Nanoseconds per cell on a slow machine: no minimum takes more than the first, no soft minimum more than the second. */
const MINIMUM_NS = 1;
const SOFT_NS = 12;

const neverCancelled: CancelFlag = new Int32Array(1);

/** The solution, where finding it costs less than asking a worker for it. */
export function solveInline(job: EvaluateJob, timing: Timing): Solution | undefined {
  const { metric, s1, s2, params, be, wanted } = job;
  if (be !== 'numpy' || wanted.grad || wanted.path || wanted.alignment) return undefined;
  const perCell = (params.gamma ?? params.sigma ?? 0) === 0 ? MINIMUM_NS : SOFT_NS;
  if (s1.n * s2.n * s1.d * perCell > HAND_OVER_NS) return undefined;
  const started = performance.now();
  const solution = solve(metricRecord(metric), s1, s2, params, be, wanted, neverCancelled);
  timing.compute += performance.now() - started;
  return solution;
}
