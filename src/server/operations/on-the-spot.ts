import type { BackendName, Problem, Wanted } from '../../core/server-door.ts';

// Handing a pair to a worker and taking its answer back costs the main thread about 20 microseconds, and the request a wait for a thread, which
// on a busy machine takes milliseconds. Work that takes little more is done on the spot: that is faster for this request and no slower for others.

/** By the figures below, which are of a slow machine: about 30 microseconds on a fast one. */
const ON_THE_SPOT_NS = 100_000;

/** Nanoseconds per cell on a slow machine: no minimum takes more than the first, no soft minimum more than the second, no solver of its own more than the third. */
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
