import { type Allowed, allowedCells } from './band.ts';
import type { Step } from './local-costs.ts';
import { forEachPath, type Move, shownCells } from './paths.ts';

// biome-ignore lint/suspicious/noExplicitAny: a metric's own parameters, after its schema has filled in the defaults
export type Params = Record<string, any>;

/** What the definition says about one pair of series. */
export interface Verdict {
  readonly value: number;
  /** The value if this path were the best one; undefined if a path alone has none. */
  readonly valueAlong?: (path: readonly (readonly [number, number])[]) => number | undefined;
}

/** A metric's definition, worked out the slow way. Undefined: there is no admissible path. */
export type Judge = (x: readonly Step[], y: readonly Step[], params: Params) => Verdict | undefined;

type Raw = (x: readonly Step[], y: readonly Step[]) => number;

/** A metric that is the best of all alignments, or the soft minimum over them. */
interface Alignments {
  /** What is compared, made from a series. Absent: the series itself. */
  readonly steps?: (s: readonly Step[]) => readonly Step[];
  /** Whether steps may be left out before the first pair. */
  readonly border?: true;
  /** What a move costs. */
  readonly cost: (move: Move, x: readonly Step[], y: readonly Step[], params: Params) => number;
  /** Whether a path costs as much as its most expensive move, rather than all of them together. */
  readonly dearest?: true;
  /** Whether a path counts at all. Absent: every path does. */
  readonly admits?: (path: readonly Move[], params: Params) => boolean;
  /** Combines the costs of all paths. Absent: the smallest; with `gamma` above 0, the soft minimum. */
  readonly over?: (costs: readonly number[], params: Params) => number;
  /** How the value is computed, if it is not that of a single pair of series. */
  readonly value?: (raw: Raw, x: readonly Step[], y: readonly Step[], params: Params) => number;
}

/** The judge of a metric that is a best alignment: every path is walked and its cost summed. */
export function bestAlignment(definition: Alignments): Judge {
  const { steps = (s) => s, value = (raw, x, y) => raw(x, y) } = definition;
  return (s1, s2, params) => {
    const [x, y] = [steps(s1), steps(s2)];
    const allowed = allowedCells(x.length, y.length, params);
    const found = value((a, b) => overPaths(definition, a, b, params), x, y, params);
    if (found === Infinity) return undefined;
    return {
      value: found,
      valueAlong: (path) => {
        const cost = costAlong(definition, x, y, params, allowed, path);
        return cost === undefined ? undefined : value(() => cost, x, y, params);
      },
    };
  };
}

/** Infinity where no path is allowed. */
function overPaths(definition: Alignments, x: readonly Step[], y: readonly Step[], params: Params): number {
  const { over = smallest, border = false, admits = () => true } = definition;
  const costs: number[] = [];
  forEachPath(x.length, y.length, allowedCells(x.length, y.length, params), border, (path) => {
    if (admits(path, params)) costs.push(costOf(definition, path, x, y, params));
  });
  return costs.length === 0 ? Infinity : over(costs, params);
}

function costOf(
  { cost, dearest }: Alignments,
  path: readonly Move[],
  x: readonly Step[],
  y: readonly Step[],
  params: Params,
): number {
  const costs = path.map((move) => cost(move, x, y, params));
  return dearest ? Math.max(...costs) : costs.reduce((sum, one) => sum + one, 0);
}

/** The smallest cost of a path through the cells. */
function costAlong(
  definition: Alignments,
  x: readonly Step[],
  y: readonly Step[],
  params: Params,
  allowed: Allowed,
  cells: readonly (readonly [number, number])[],
): number | undefined {
  const wanted = JSON.stringify(cells);
  let least: number | undefined;
  forEachPath(x.length, y.length, allowed, definition.border ?? false, (path) => {
    if (JSON.stringify(shownCells(path)) !== wanted) return;
    least = Math.min(least ?? Infinity, costOf(definition, path, x, y, params));
  });
  return least;
}

/** The minimum; with `gamma` above 0 -gamma log sum exp(-cost / gamma). */
function smallest(costs: readonly number[], { gamma = 0 }: Params): number {
  const least = Math.min(...costs);
  if (gamma === 0) return least;
  return least - gamma * Math.log(costs.reduce((sum, cost) => sum + Math.exp((least - cost) / gamma), 0));
}
