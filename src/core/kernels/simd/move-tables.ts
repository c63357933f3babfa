import type { Moves } from '../types.ts';

/** The recurrences that the module has sweeps for. */
export type SweepKind = 'dtw' | 'adtw' | 'wdtw' | 'frechet' | 'erp' | 'edr' | 'msm' | 'twe' | 'gak';

/** A series as a sweep reads it: n steps of d values, row-major. */
export interface Steps {
  readonly data: Float64Array;
  readonly n: number;
  readonly d: number;
}

/** A number for each step of a series, asked for in their order. */
export type ByStep = (step: number) => number;

/** 2^-power as factor * 2^-whole. */
export interface Power {
  readonly factor: number;
  readonly whole: number;
}

/** What the moves of a recurrence cost beside the local cost, as the sweeps read it. */
export interface MoveTables {
  /** The constants of assembly/moves.ts. */
  readonly penalty?: number;
  readonly threshold?: number;
  /** A number of the cost of a move that depends on one step only, and a second one; `second`: the step is one of the second series. */
  readonly alone?: (s: Steps, second: boolean) => ByStep;
  readonly back?: (s: Steps, second: boolean) => ByStep;
  /** A third one. */
  readonly between?: (s: Steps, second: boolean) => ByStep;
  /** What every move that warps costs, for a soft minimum. */
  readonly warp?: Power;
  /** R outside the table, next to each step. */
  readonly border?: (s: Steps) => ByStep;
  /** Whether R are less half of the cost of their cells: `Split` in assembly/moves.ts. */
  readonly isSplit?: boolean;
  /** A weight by |i - j|, for series of n and m steps. */
  readonly weight?: (n: number, m: number) => ByStep;
}

/** The tables of moves that a sweep for values reads. */
export function moveTables(moves: Moves): MoveTables {
  switch (moves.kind) {
    case 'warp': {
      const { penalty = 0, g } = moves;
      if (g === undefined) return { penalty };
      return {
        weight: (n, m) => {
          const half = Math.max(n, m) / 2;
          return (difference) => 1 / (1 + Math.exp(-g * (difference - half)));
        },
      };
    }
    case 'erp': {
      const gap = (s: Steps) => gapOf(s, moves.g);
      return { alone: gap, border: (s) => running(gap(s)) };
    }
    case 'edr':
      return { penalty: 1, threshold: moves.epsilon, border: () => (step) => step + 1 };
    case 'msm':
      if (!moves.independent) return { penalty: moves.c };
      return {
        isSplit: true,
        alone: (s) => (at) => moves.c + (at > 0 ? Math.abs(s.data[at] / 2 - s.data[at - 1] / 2) : 0),
      };
    case 'twe':
      return {
        // Before the first step both series are 0, like the padding around them.
        alone: (s) => (at) => lengthOf(s, at) + moves.nu + moves.lmbda,
        weight: () => (difference) => 2 * moves.nu * difference,
      };
  }
}

/** Whether values have a sweep of their own, whose R are less half of the cost of their cells: `Split` in assembly/moves.ts. */
export const hasPathSweep = (moves: Moves): moves is Extract<Moves, { kind: 'msm' }> =>
  moves.kind === 'msm' && moves.independent;

/** The same for a sweep that a path is read from, if that is another one. */
export function pathTables(moves: Moves): MoveTables | undefined {
  if (!hasPathSweep(moves)) return undefined;
  // The direction of the neighbour, and the penalty plus the distance from it.
  const of =
    (number: (difference: number) => number) =>
    (s: Steps, second: boolean): ByStep => {
      const difference = differenceOf(s, second);
      return (at) => number(difference(at));
    };
  return {
    penalty: moves.c,
    alone: of((difference) => (difference < 0 ? -1 : 1)),
    back: of((difference) => moves.c + Math.abs(difference)),
  };
}

/**
 * The same for the sweeps of a soft minimum, where a cost becomes the power of two cost * scale: `alone` has its factor, `back` its whole number
 * (assembly/soft-moves.ts). Borders stay costs.
 */
export function softMoveTables(moves: Moves, scale: number): MoveTables {
  const { penalty, alone, border, weight } = moveTables(moves);
  const tables = { ...(border && { border }), ...(weight && { weight }) };
  const powers = (cost: NonNullable<MoveTables['alone']>) => ({
    alone: (s: Steps, second: boolean): ByStep => {
      const of = cost(s, second);
      return (step) => powerOf(of(step), scale).factor;
    },
    back: (s: Steps, second: boolean): ByStep => {
      const of = cost(s, second);
      return (step) => powerOf(of(step), scale).whole;
    },
  });
  switch (moves.kind) {
    case 'erp':
    case 'twe':
      return { ...tables, ...(alone && powers(alone)) };
    case 'msm':
      return {
        ...powers((s, second) => {
          const difference = differenceOf(s, second);
          return (at) => Math.abs(difference(at));
        }),
        between: differenceOf,
        warp: powerOf(moves.c, scale),
      };
    default:
      return { ...tables, ...(penalty !== undefined && { warp: powerOf(penalty, scale) }) };
  }
}

function powerOf(cost: number, scale: number): Power {
  const power = cost * scale;
  const whole = Math.round(power);
  return { factor: 2 ** (whole - power), whole };
}

/** The difference of a step from the one before it, for the second series the other way round. */
function differenceOf({ data }: Steps, second: boolean): ByStep {
  return (at) => {
    const before = at > 0 ? data[at - 1] : data[at];
    return second ? before - data[at] : data[at] - before;
  };
}

/** The distance of a step from the one before it. */
function lengthOf({ data, d }: Steps, step: number): number {
  if (d === 1) return Math.abs(data[step] - (step > 0 ? data[step - 1] : 0));
  let sum = 0;
  for (let at = step * d; at < (step + 1) * d; at++) sum += (data[at] - (step > 0 ? data[at - d] : 0)) ** 2;
  return Math.sqrt(sum);
}

/** ERP's gaps; the borders hold their running sums. */
function gapOf({ data, d }: Steps, g: readonly number[]): ByStep {
  return (step) => {
    let sum = 0;
    for (let channel = 0; channel < d; channel++) sum += (data[step * d + channel] - g[channel]) ** 2;
    return Math.sqrt(sum);
  };
}

function running(gap: ByStep): ByStep {
  let sum = 0;
  return (step) => {
    sum += gap(step);
    return sum;
  };
}
