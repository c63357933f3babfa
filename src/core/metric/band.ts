import { InvalidInput } from '../errors.ts';
import type { Band } from '../kernels/types.ts';

/** The constraint parameters after validation. */
export interface Constraint {
  readonly global_constraint: 'itakura' | 'sakoe_chiba' | null;
  readonly sakoe_chiba_radius: number | null;
  readonly itakura_max_slope: number | null;
}

/**
 * The band that a constraint allows for series of `n` and `m` steps, or undefined if every cell is allowed.
 *
 * @throws InvalidInput if both parameters are given without a name, or if no path fits in the band
 */
export function constraintBand(n: number, m: number, constraint: Constraint): Band | undefined {
  switch (constraintName(constraint)) {
    case 'sakoe_chiba':
      return sakoeChibaBand(n, m, constraint.sakoe_chiba_radius ?? 1);
    case 'itakura':
      return itakuraBand(n, m, constraint.itakura_max_slope ?? 2);
    default:
      return undefined;
  }
}

/**
 * How many cells `constraintBand` allows, without making it: exact for Sakoe-Chiba, the area of the parallelogram and its edges for Itakura.
 * n and m may be means.
 */
export function bandCells(n: number, m: number, constraint: Constraint): number {
  switch (constraintName(constraint)) {
    case 'sakoe_chiba': {
      // What is cut off are two triangles of this many rows.
      const rows = Math.max(0, Math.min(n, m) - 1 - (constraint.sakoe_chiba_radius ?? 1));
      return n * m - rows * (rows + 1);
    }
    case 'itakura': {
      const slope = constraint.itakura_max_slope ?? 2;
      return Math.min(n * m, (n * m * (slope - 1)) / (slope + 1) + n + m);
    }
    default:
      return n * m;
  }
}

/** What a band is called in a message: nothing where there is none, or where the metric takes none. */
export const bandName = (params: Constraint | Readonly<Record<string, unknown>>): string => {
  const name = constraintName(params);
  return name === null ? '' : ` within the ${name} band`;
};

/** The constraint that is meant; null if there is none, or if the metric takes none. */
export function constraintName(
  params: Constraint | Readonly<Record<string, unknown>>,
): Constraint['global_constraint'] {
  if (!('global_constraint' in params)) return null;
  const { global_constraint, sakoe_chiba_radius, itakura_max_slope } = params as Constraint;
  if (global_constraint !== null) return global_constraint;
  if (sakoe_chiba_radius !== null && itakura_max_slope !== null) {
    throw new InvalidInput(
      'sakoe_chiba_radius and itakura_max_slope are both given: choose one with global_constraint',
      ['global_constraint'],
      'ambiguous_constraint',
    );
  }
  if (sakoe_chiba_radius !== null) return 'sakoe_chiba';
  return itakura_max_slope !== null ? 'itakura' : null;
}

/** tslearn's `sakoe_chiba_mask(sz1, sz2, radius)` as a band: radius on one side, radius + |n - m| on the other. */
export function sakoeChibaBand(n: number, m: number, radius: number): Band {
  const lo = new Int32Array(n);
  const hi = new Int32Array(n);
  const above = n > m ? n - m + radius : radius; // how far a row may lie below its column
  const below = n > m ? radius : m - n + radius;
  for (let i = 0; i < n; i++) {
    lo[i] = Math.max(0, i - above);
    hi[i] = Math.min(m - 1, i + below);
  }
  return { lo, hi };
}

/**
 * tslearn's `itakura_mask(sz1, sz2, max_slope)` as a band, including its rounding to two decimals.
 *
 * @throws InvalidInput if the parallelogram contains no path; the message names the smallest feasible slope
 */
export function itakuraBand(n: number, m: number, maxSlope: number): Band {
  const band = itakuraParallelogram(n, m, maxSlope);
  if (isFeasible(band, m)) return band;
  const slope = smallestFeasibleSlope(n, m, maxSlope);
  const advice = slope === undefined ? 'no slope is feasible' : `the smallest feasible itakura_max_slope is ${slope}`;
  throw new InvalidInput(
    `itakura_max_slope ${maxSlope} is infeasible: it leaves no path between series of ${n} and ${m} steps; ${advice}`,
    ['itakura_max_slope'],
    'infeasible_constraint',
  );
}

function itakuraParallelogram(n: number, m: number, maxSlope: number): Band {
  const steep = maxSlope * (n / m);
  const flat = (1 / maxSlope) * (n / m);
  const first = (j: number) =>
    Math.ceil(Math.max(twoDecimals(flat * j), twoDecimals(n - 1 - steep * (m - 1) + steep * j)));
  const end = (j: number) =>
    Math.floor(Math.min(twoDecimals(steep * j), twoDecimals(n - 1 - flat * (m - 1) + flat * j)) + 1);
  const lo = new Int32Array(n);
  const hi = new Int32Array(n);
  // `first` and `end` bound the rows of a column and never decrease with j, so the columns of a row form one range too.
  for (let i = 0, from = 0, to = -1; i < n; i++) {
    while (from < m && end(from) <= i) from++;
    while (to + 1 < m && first(to + 1) <= i) to++;
    lo[i] = from;
    hi[i] = to;
  }
  return { lo, hi };
}

/** Whether a monotone path leads from (0, 0) to (n - 1, m - 1) inside the band. A column that no row covers breaks it too. */
function isFeasible({ lo, hi }: Band, m: number): boolean {
  if (lo[0] !== 0 || hi[lo.length - 1] !== m - 1) return false;
  for (let i = 0, from = 0, to = -1; i < lo.length; i++) {
    from = i === 0 ? 0 : Math.max(from, lo[i]);
    if (from > hi[i] || (i > 0 && from > to + 1)) return false;
    to = hi[i];
  }
  return true;
}

function smallestFeasibleSlope(n: number, m: number, infeasible: number): number | undefined {
  const works = (hundredths: number) => isFeasible(itakuraParallelogram(n, m, hundredths / 100), m);
  let low = Math.max(100, Math.floor(infeasible * 100));
  let high = low * 2;
  while (!works(high)) {
    if (high > 1e11) return undefined;
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (works(middle)) high = middle;
    else low = middle;
  }
  return high / 100;
}

/** numpy's `round(x, 2)`: scaled, then half to even. */
function twoDecimals(x: number): number {
  const scaled = x * 100;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  return (rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor) / 100;
}
