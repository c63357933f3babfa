// The cells that a constraint allows, cell by cell, as tslearn's masks say: nothing here comes from src.

/** Whether a path may use cell (i, j). */
export type Allowed = (i: number, j: number) => boolean;

interface Constraint {
  readonly global_constraint?: string | null;
  readonly sakoe_chiba_radius?: number | null;
  readonly itakura_max_slope?: number | null;
}

/** The cells that the constraint parameters allow between series of n and m steps. */
export function allowedCells(n: number, m: number, params: Constraint): Allowed {
  const { global_constraint: name, sakoe_chiba_radius: radius, itakura_max_slope: slope } = params;
  if (name === 'sakoe_chiba' || (name == null && radius != null)) return sakoeChiba(n, m, radius ?? 1);
  if (name === 'itakura' || (name == null && slope != null)) return itakura(n, m, slope ?? 2);
  return () => true;
}

/** `radius` steps to either side of the main diagonal, and |n - m| more on the side of the longer series. */
function sakoeChiba(n: number, m: number, radius: number): Allowed {
  return (i, j) => i - j <= radius + Math.max(0, n - m) && j - i <= radius + Math.max(0, m - n);
}

/** tslearn's parallelogram: for column j the rows from the higher of two lines to the lower of two, rounded to two decimals. */
function itakura(n: number, m: number, maxSlope: number): Allowed {
  const steep = maxSlope * (n / m);
  const flat = (1 / maxSlope) * (n / m);
  return (i, j) => {
    const first = Math.ceil(Math.max(round2(flat * j), round2(n - 1 - steep * (m - 1) + steep * j)));
    const end = Math.floor(Math.min(round2(steep * j), round2(n - 1 - flat * (m - 1) + flat * j)) + 1);
    return first <= i && i < end;
  };
}

/** numpy.round(x, 2): halves go to the even hundredth. */
function round2(x: number): number {
  const hundredths = x * 100;
  const nearest = Math.round(hundredths);
  const isHalf = Math.abs(hundredths - Math.trunc(hundredths)) === 0.5;
  return (isHalf && nearest % 2 !== 0 ? nearest - 1 : nearest) / 100;
}
