import { type CancelFlag, InvalidInput, throwIfCancelled } from '../errors.ts';
import type { BackendName } from '../input/arrays/backend-of.ts';
import { requireSameFeatures, type Series } from '../input/series.ts';
import type { Band, Poll } from '../kernels/index.ts';
import { constraintBand } from '../metric/band.ts';
import { isPrecomputed, refusePrecomputed } from '../metric/local-metric.ts';
import type { Params } from '../metric/params.ts';
import type { BandOf, Problem, Solution, Wanted } from '../metric/problem.ts';
import { EXTRAS, type Extra, type MetricRecord } from '../metric/record.ts';
import { engines } from './engines.ts';

/**
 * Solves a metric for one pair of series, already read, on a backend.
 *
 * @throws InvalidInput for a backend or an extra that the metric does not have, for series of different d, for an infeasible
 *   constraint, and if a result is too large for the backend's numbers; Cancelled once `cancel` is raised
 */
export function solve(
  record: MetricRecord,
  s1: Series,
  s2: Series,
  params: Params,
  backend: BackendName,
  wanted: Wanted = {},
  cancel?: CancelFlag,
): Solution {
  requireBackend(record, backend);
  requireExtras(record, wanted);
  const problem = buildProblem(record, s1, s2, params, bands(params));
  return solveProblem(problem, backend, wanted, () => throwIfCancelled(cancel));
}

/** The same for a problem that is already built, with a backend and extras that its metric has. Without `poll`, to the end: for what takes microseconds. */
export function solveProblem(problem: Problem, backend: BackendName, wanted: Wanted, poll: Poll = goOn): Solution {
  if (wanted.path) requireOnePath(problem);
  const solution = engines[backend].solve(problem, wanted, poll);
  requireFinite(solution, engines[backend].dtype, problem.whenOutOfRange);
  return solution;
}

const goOn: Poll = () => {};

/**
 * A function that computes a metric for one pair after another: whatever does not depend on the pair is done once, and a band is
 * built once for consecutive pairs of the same lengths.
 */
export function solver(
  record: MetricRecord,
  params: Params,
  backend: BackendName,
  wanted: Wanted,
  cancel?: CancelFlag,
): (s1: Series, s2: Series) => Solution {
  requireBackend(record, backend);
  requireExtras(record, wanted);
  refusePrecomputed(params);
  const { solve: run, dtype } = engines[backend];
  const bandOf = bands(params);
  const poll = () => throwIfCancelled(cancel);
  return (s1, s2) => {
    const solution = run(buildProblem(record, s1, s2, params, bandOf), wanted, poll);
    requireFinite(solution, dtype, record.whenOutOfRange);
    return solution;
  };
}

/** The same, for the value alone. */
export function valueSolver(
  record: MetricRecord,
  params: Params,
  backend: BackendName,
  cancel?: CancelFlag,
): (s1: Series, s2: Series) => number {
  const solve = solver(record, params, backend, {}, cancel);
  return (s1, s2) => solve(s1, s2).value;
}

/**
 * A metric applied to one pair of series.
 *
 * @param bandOf the bands of `params`, shared by consecutive pairs
 * @throws InvalidInput for series that the metric cannot compare
 */
export function buildProblem(record: MetricRecord, s1: Series, s2: Series, params: Params, bandOf: BandOf): Problem {
  if (!record.mixedFeatures && !isPrecomputed(params)) requireSameFeatures(s1, s2);
  if (record.equalLengths && s1.n !== s2.n) {
    const message = `${record.name} compares step by step, but the series have ${s1.n} and ${s2.n} steps: truncate or resample one of them`;
    throw new InvalidInput(message, ['s2'], 'unequal_lengths');
  }
  const { compute_with_backend } = params;
  const { finish, prepare, perChannel, normalized = false, whenOutOfRange } = record;
  if (record.direct) {
    const direct = record.direct(params, bandOf);
    return { kind: 'direct', s1, s2, direct, compute_with_backend, whenOutOfRange };
  }
  return {
    kind: 'recurrence',
    s1,
    s2,
    prepare,
    recurrence: record.recurrence(params, s1, s2),
    perChannel: perChannel?.(params) ?? false,
    normalized,
    finish: typeof finish === 'function' ? finish(params, s1, s2) : finish,
    bandOf,
    smoothedBy: record.smoothedBy,
    compute_with_backend,
    whenOutOfRange,
  };
}

/** Rows of bands that are kept: 2 MB. */
const KEPT_ROWS = 2 ** 18;

/** Whether the parameters limit which cells a path may use. */
export const isConstrained = (params: Params): boolean =>
  (params.global_constraint ?? params.sakoe_chiba_radius ?? params.itakura_max_slope ?? null) !== null;

const everywhere: BandOf = () => undefined;

/** The bands of a constraint. Those computed last are kept, because many pairs have the same lengths. */
export function bands(params: Params): BandOf {
  if (!isConstrained(params)) return everywhere;
  const known = new Map<number, Band | undefined>();
  let rows = 0;
  return (n, m) => {
    const key = n * 2 ** 26 + m;
    if (known.has(key)) return known.get(key);
    const band = constraintBand(n, m, params);
    rows += n;
    if (rows > KEPT_ROWS) {
      known.clear();
      rows = n;
    }
    known.set(key, band);
    return band;
  };
}

/** @throws InvalidInput if the metric does not have the backend */
export function requireBackend({ name, backends }: MetricRecord, backend: BackendName): void {
  if (backends.includes(backend)) return;
  throw new InvalidInput(`${name} has no backend "${backend}": use ${backends.join(' or ')}`, ['be']);
}

function requireExtras(record: MetricRecord, wanted: Wanted): void {
  for (const extra of EXTRAS) if (wanted[extra]) requireExtra(record, extra);
}

/** @throws InvalidInput if the metric does not give it */
export function requireExtra({ name, gives }: MetricRecord, extra: Extra): void {
  if (!gives.includes(extra)) throw new InvalidInput(`${name} has no ${extra}`, [extra], 'unsupported_extra');
}

/** A sum over all paths has no best one, and channels that are aligned separately have one each. */
function requireOnePath(problem: Problem): void {
  if (problem.kind === 'direct') return;
  const { recurrence, perChannel, s1 } = problem;
  if (recurrence.reduce === 'softmin') {
    throw new InvalidInput(
      'a soft minimum over all paths has no single path: use gamma 0',
      ['gamma'],
      'unsupported_extra',
    );
  }
  if (perChannel && s1.d > 1) {
    const message = 'channels that are aligned independently have no common path: set independent to false';
    throw new InvalidInput(message, ['independent'], 'unsupported_extra');
  }
}

/**
 * Finite input gives a finite result unless it overflows: that is an error, never a null in the response.
 *
 * @param advice what to do about it
 */
export function requireFinite(
  solution: Solution,
  dtype: string,
  advice = 'scale the series down (divide both by the same number)',
): void {
  if (isInRange(solution)) return;
  throw new InvalidInput(`the result is out of the range of ${dtype}: ${advice}`, [], 'out_of_range');
}

/** Whether the value and the gradient are finite. */
export const isInRange = ({ value, gradient }: Solution): boolean =>
  Number.isFinite(value) &&
  (gradient === undefined ||
    (allFinite(gradient.s1) &&
      allFinite(gradient.s2) &&
      Number.isFinite(gradient.gamma ?? 0) &&
      Number.isFinite(gradient.sigma ?? 0)));

/** A loop, because a call for each of millions of numbers would take a tenth of a second. */
function allFinite(numbers: ArrayLike<number>): boolean {
  for (let at = 0; at < numbers.length; at++) if (!Number.isFinite(numbers[at])) return false;
  return true;
}
