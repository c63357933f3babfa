import type * as tf from '@tensorflow/tfjs';
import { type CancelFlag, InvalidInput, throwIfCancelled } from '../errors.ts';
import type { Dataset } from '../input/dataset.ts';
import { requireSameFeatures, type Series } from '../input/series.ts';
import { type Band, keepsTable } from '../kernels/index.ts';
import { constraintBand } from '../metric/band.ts';
import { isPrecomputed, refusePrecomputed } from '../metric/local-metric.ts';
import { readOperands } from '../metric/operands.ts';
import type { Params } from '../metric/params.ts';
import type { BandOf, Engine, Gradient, Problem, Solution, Wanted } from '../metric/problem.ts';
import { EXTRAS, type MetricRecord } from '../metric/record.ts';
import { smoothedBy } from '../metric/smoothing.ts';
import { type Backend, type BackendName, isTensor, loadTf } from '../tslearn/backend/index.ts';
import { numpyEngine } from './numpy/engine.ts';
import { tfjsEngine } from './tfjs/engine.ts';
import { tensorValue } from './tfjs/value.ts';

const engines: Record<BackendName, Engine> = { numpy: numpyEngine, tfjs: tfjsEngine };

/** The dtype in which a backend computes. */
export const dtypeOf = (backend: BackendName): Engine['dtype'] => engines[backend].dtype;

/**
 * Solves a metric for one pair of series that have been read, on a backend.
 *
 * @throws InvalidInput for a backend or an extra that the metric does not have, for series of different d, for an infeasible
 *   constraint, and when a result is too large for the backend's numbers; Cancelled once `cancel` is raised
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
  const problem = problemOf(record, s1, s2, params, bands(params));
  if (wanted.path) requireOnePath(problem);
  const solution = engines[backend].solve(problem, wanted, () => throwIfCancelled(cancel));
  requireFinite(solution, engines[backend].dtype);
  return solution;
}

/**
 * A function that gives a metric's value for one pair after another: what does not depend on the pair is done once, and a band is
 * made once for each pair of lengths that follow each other.
 */
export function valueSolver(
  record: MetricRecord,
  params: Params,
  backend: BackendName,
  cancel?: CancelFlag,
): (s1: Series, s2: Series) => number {
  requireBackend(record, backend);
  refusePrecomputed(params);
  const { solve: run, dtype } = engines[backend];
  const bandOf = bands(params);
  const poll = () => throwIfCancelled(cancel);
  return (s1, s2) => {
    const solution = run(problemOf(record, s1, s2, params, bandOf), {}, poll);
    requireFinite(solution, dtype);
    return solution.value;
  };
}

/**
 * What solving a pair costs, in cells: n x m, and forty times as many where the whole table is kept in memory, as it is for an alignment,
 * on tfjs, and for paths and gradients of recurrences that have no sweep of their own.
 */
export function costInCells(
  record: MetricRecord,
  s1: Series,
  s2: Series,
  params: Params,
  backend: BackendName,
  wanted: Wanted = {},
): number {
  const traced = wanted.grad === true || wanted.path === true;
  const problem = problemOf(record, s1, s2, params, bands(params));
  if (problem.kind === 'direct') return problem.direct.cells?.(s1, s2) ?? s1.n * s2.n;
  const { recurrence, perChannel } = problem;
  const wholeTable =
    backend === 'tfjs' || wanted.alignment === true || (traced && keepsTable(recurrence, perChannel ? 1 : s1.d));
  return s1.n * s2.n * (wholeTable ? 40 : 1);
}

/** What the value of a pair costs, in cells: n x m, unless the metric says otherwise. */
export function cellsOf(record: MetricRecord, params: Params): (n: number, m: number, d: number) => number {
  refusePrecomputed(params);
  const cells = record.direct?.(params, bands(params)).cells;
  return cells ? (n, m, d) => cells({ n, d }, { n: m, d }) : (n, m) => n * m;
}

/** What the values of all pairs of two datasets cost, in cells; there are far fewer lengths than series. */
export function crossCells(record: MetricRecord, params: Params, first: Dataset, second: Dataset): number {
  const cells = cellsOf(record, params);
  const others = countsOf(second.lengths);
  let total = 0;
  for (const [n, rows] of countsOf(first.lengths)) {
    for (const [m, columns] of others) total += rows * columns * cells(n, m, first.d);
  }
  return total;
}

function countsOf(lengths: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const n of lengths) counts.set(n, (counts.get(n) ?? 0) + 1);
  return counts;
}

/** The metric as a function: a number on numpy, a scalar tensor on tfjs. */
export function callValue(
  record: MetricRecord,
  s1: unknown,
  s2: unknown,
  params: Params,
  be: Backend,
): number | tf.Scalar {
  const [a, b] = readOperands(s1, s2, params);
  if (be.isNumpy) return solve(record, a, b, params, 'numpy').value;
  requireBackend(record, 'tfjs');
  const problem = problemOf(record, a, b, params, bands(params));
  return loadTf().tidy(() => tensorValue(problem, onTape(s1, a), onTape(s2, b), () => {}));
}

function problemOf(record: MetricRecord, s1: Series, s2: Series, params: Params, bandOf: BandOf): Problem {
  if (!record.mixedFeatures && !isPrecomputed(params)) requireSameFeatures(s1, s2);
  if (record.equalLengths && s1.n !== s2.n) {
    const message = `${record.name} compares step by step, but the series have ${s1.n} and ${s2.n} steps: truncate or resample one of them`;
    throw new InvalidInput(message, ['s2'], 'unequal_lengths');
  }
  const { compute_with_backend } = params;
  if (record.direct) return { kind: 'direct', s1, s2, direct: record.direct(params, bandOf), compute_with_backend };
  const { finish, prepare, perChannel, normalized = false } = record;
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
    smoothedBy: smoothedBy(record),
    compute_with_backend,
  };
}

/** The bands of a constraint; the last one is kept, because pairs of the same lengths tend to follow each other. */
export function bands(params: Params): BandOf {
  let last: { n: number; m: number; band: Band | undefined } | undefined;
  return (n, m) => {
    if (last === undefined || last.n !== n || last.m !== m) last = { n, m, band: constraintBand(n, m, params) };
    return last.band;
  };
}

function requireBackend({ name, backends }: MetricRecord, backend: BackendName): void {
  if (backends.includes(backend)) return;
  throw new InvalidInput(`${name} has no backend "${backend}": use ${backends.join(' or ')}`, ['be']);
}

function requireExtras(record: MetricRecord, wanted: Wanted): void {
  for (const extra of EXTRAS) {
    if (wanted[extra] && !record.gives.includes(extra)) {
      throw new InvalidInput(`${record.name} has no ${extra}`, [extra], 'unsupported_extra');
    }
  }
}

/** A sum over all paths has no best one, and channels that are aligned on their own have one each. */
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

/** Finite input gives a finite result unless it leaves the range of the numbers: that is said, never answered as null. */
export function requireFinite({ value, gradient }: Solution, dtype: string): void {
  if (
    Number.isFinite(value) &&
    (!gradient || [gradient.s1, gradient.s2, slopesOf(gradient)].every((part) => part.every(Number.isFinite)))
  ) {
    return;
  }
  throw new InvalidInput(
    `the result is out of the range of ${dtype}: scale the series down (divide both by the same number)`,
    [],
    'out_of_range',
  );
}

const slopesOf = ({ gamma = 0, sigma = 0 }: Gradient): number[] => [gamma, sigma];

/** A series as a (n, d) tensor; a tensor stays on the tape, its trailing missing steps sliced off. */
function onTape(given: unknown, { data, n, d, sz }: Series): tf.Tensor2D {
  const tf = loadTf();
  if (!isTensor(given)) return tf.tensor2d(Float32Array.from(data), [n, d]);
  const rows = tf.reshape(tf.cast(given, 'float32'), [sz, d]) as tf.Tensor2D;
  return n === sz ? rows : tf.slice2d(rows, [0, 0], [n, d]);
}
