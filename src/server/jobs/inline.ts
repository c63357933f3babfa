import { type CancelFlag, metricRecord, type Solution, solve } from '../../core/index.ts';
import type { Timing } from '../plugins/server-timing.ts';
import type { EvaluateJob } from '../pool/message.ts';

// Handing a pair to a worker and taking its answer back costs the main thread about 20 microseconds, and the request a wait for a thread, which
// on a busy machine takes milliseconds. Work that takes little more is done on the spot: that is faster for this request and no slower for others.

/** By the figures below, which are of a slow machine: about 30 microseconds on a fast one. */
const ON_THE_SPOT_NS = 100_000;

/** Nanoseconds per cell on a slow machine: no minimum takes more than the first, no soft minimum more than the second, no solver of its own more than the third. */
const MINIMUM_NS = 1;
const SOFT_NS = 12;
const DIRECT_NS = 12;

const neverCancelled: CancelFlag = new Int32Array(1);

/** The solution, where finding it costs less than asking a worker for it. */
export function solveInline(job: EvaluateJob, cells: number, timing: Timing): Solution | undefined {
  const { metric, s1, s2, params, be, wanted } = job;
  if (be !== 'numpy' || wanted.grad || wanted.path || wanted.alignment) return undefined;
  const record = metricRecord(metric);
  const soft = (params.gamma ?? params.sigma ?? 0) !== 0;
  const perCell = record.direct ? DIRECT_NS : soft ? SOFT_NS : MINIMUM_NS;
  if (Math.max(cells, s1.n * s2.n * s1.d) * perCell > ON_THE_SPOT_NS) return undefined;
  const started = performance.now();
  const solution = solve(record, s1, s2, params, be, wanted, neverCancelled);
  timing.compute += performance.now() - started;
  return solution;
}
