/** A function's value and gradient at a point. */
export type Objective = (x: Float64Array) => { value: number; gradient: Float64Array };

/** Where a minimization ended. */
export interface Minimum {
  readonly x: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** Whether it stopped because it converged, rather than because `max_iter` was reached. */
  readonly converged: boolean;
}

/** How many steps and gradient differences are remembered: as in scipy. */
const MEMORY = 10;
const STEPS = 40;
/** Iterations that must gain little before it is believed that little is left to gain. */
const PATIENCE = 5;
/** Sufficient decrease, and how much the slope must be reduced. */
const DECREASE = 1e-4;
const FLATTER = 0.9;

/**
 * L-BFGS (Nocedal, 1980) with a line search for the weak Wolfe conditions by bisection (Lewis and Overton, 2013), which also serves
 * non-smooth functions. Stops when the relative decrease over `PATIENCE` iterations, or the largest entry of the gradient, is at most `tol`.
 * scipy's L-BFGS-B looks at the last iteration alone, which may be short by chance, far from the minimum.
 */
export function lbfgs(objective: Objective, start: Float64Array, max_iter: number, tol: number): Minimum {
  let x = start;
  let { value, gradient } = objective(x);
  const memory: Correction[] = [];
  const values = [value];
  for (let iterations = 0; ; iterations++) {
    const converged = gradient.every((g) => Math.abs(g) <= tol);
    if (converged || iterations >= max_iter) return { x, value, iterations, converged };
    const direction = towards(gradient, memory);
    const slope = dot(direction, gradient);
    const first = memory.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)));
    const next = slope < 0 ? search(objective, x, value, direction, slope, first) : undefined;
    if (next === undefined) return { x, value, iterations, converged: true };
    const step = next.x.map((a, at) => a - x[at]);
    const change = next.gradient.map((a, at) => a - gradient[at]);
    const curvature = dot(step, change);
    if (curvature > 0) memory.push({ step, change, curvature });
    if (memory.length > MEMORY) memory.shift();
    ({ x, value, gradient } = next);
    values.push(value);
    if (values.length <= PATIENCE) continue;
    const before = values.shift() as number;
    const gain = (before - value) / Math.max(Math.abs(before), Math.abs(value), 1);
    if (gain <= tol) return { x, value, iterations: iterations + 1, converged: true };
  }
}

interface Correction {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly curvature: number;
}

/** The two-loop recursion: minus the inverse Hessian, as far as the memory knows it, times the gradient. */
function towards(gradient: Float64Array, memory: readonly Correction[]): Float64Array {
  const direction = gradient.map((g) => -g);
  const shares = new Float64Array(memory.length);
  for (let k = memory.length - 1; k >= 0; k--) {
    const { step, change, curvature } = memory[k] as Correction;
    shares[k] = dot(step, direction) / curvature;
    add(direction, change, -shares[k]);
  }
  const last = memory.at(-1);
  if (last) {
    const scale = last.curvature / dot(last.change, last.change);
    for (let at = 0; at < direction.length; at++) direction[at] *= scale;
  }
  for (const [k, { step, change, curvature }] of memory.entries()) {
    add(direction, step, shares[k] - dot(change, direction) / curvature);
  }
  return direction;
}

/** A point along the direction that satisfies the weak Wolfe conditions, otherwise the last that is lower; undefined if none is. */
function search(
  objective: Objective,
  from: Float64Array,
  value: number,
  direction: Float64Array,
  slope: number,
  first: number,
) {
  let t = first;
  let [low, high] = [0, Infinity];
  let lower: { x: Float64Array; value: number; gradient: Float64Array } | undefined;
  // A decrease that rounding hides is not looked for.
  const least = Number.EPSILON * Math.abs(value);
  for (let k = 0; k < STEPS && -t * slope > least; k++) {
    const x = from.slice();
    add(x, direction, t);
    const found = { x, ...objective(x) };
    if (!(found.value <= value + DECREASE * t * slope)) high = t;
    else {
      lower = found;
      if (dot(found.gradient, direction) >= FLATTER * slope) return found;
      low = t;
    }
    t = high === Infinity ? 2 * low : (low + high) / 2;
  }
  return lower;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at] * b[at];
  return sum;
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let at = 0; at < to.length; at++) to[at] += times * what[at];
}
