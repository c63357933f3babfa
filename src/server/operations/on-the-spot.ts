import type { BackendName, Problem, Wanted } from '../../core/server-door.ts';

// Handing a pair to a worker and receiving its result costs the main thread about 20 microseconds, and makes the request wait for a thread, which
// takes milliseconds on a busy machine. Work that takes little more is done on the spot: that is faster for this request and no slower for others.

/** By the figures below, from a slow machine; about 30 microseconds on a fast one. */
const ON_THE_SPOT_NS = 100_000;

/** Upper bounds in nanoseconds per cell on a slow machine: for a minimum, a soft minimum, and metrics with their own solver. */
const MINIMUM_NS = 1;
const SOFT_NS = 12;
const DIRECT_NS = 12;

/** Whether finding a value costs less than asking a worker for it. */
export function isQuick(problem: Problem, be: BackendName, wanted: Wanted, cells: number): boolean {
  if (be !== 'numpy' || wanted.grad || wanted.path || wanted.alignment) return false;
  const { s1, s2 } = problem;
  const perCell =
    problem.kind === 'direct' ? DIRECT_NS : problem.recurrence.reduce === 'softmin' ? SOFT_NS : MINIMUM_NS;
  return Math.max(cells, s1.n * s2.n * s1.d) * perCell <= ON_THE_SPOT_NS;
}
