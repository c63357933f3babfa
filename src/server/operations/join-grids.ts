import type { Grid } from '../../core/server-door.ts';

/** Grids one after another along their first axis, as one; if they differ in another axis, or were lists of grids, the list of all their parts. */
export function joined(parts: readonly (Grid | readonly Grid[])[]): Grid | readonly Grid[] {
  const [first] = parts as [Grid | readonly Grid[]];
  if (parts.length === 1) return first;
  const grids = parts.filter((part): part is Grid => 'shape' in part);
  const rest = (first as Grid).shape?.slice(1).join();
  const alike = grids.length === parts.length && grids.every(({ shape }) => shape.slice(1).join() === rest);
  return alike ? stacked(grids) : parts.flatMap(partsOf);
}

function stacked(grids: readonly Grid[]): Grid {
  const [{ data: some, shape }] = grids as [Grid];
  const size = grids.reduce((sum, { data }) => sum + data.length, 0);
  const data = some instanceof Int32Array ? new Int32Array(size) : new Float64Array(size);
  let at = 0;
  for (const grid of grids) {
    data.set(grid.data, at);
    at += grid.data.length;
  }
  return { data, shape: [grids.reduce((sum, grid) => sum + (grid.shape[0] as number), 0), ...shape.slice(1)] };
}

/** The parts of a grid along its first axis; a list of grids as it is. */
export const partsOf = (whole: Grid | readonly Grid[]): readonly Grid[] =>
  'shape' in whole ? Array.from({ length: whole.shape[0] as number }, (_, k) => partOf(whole, k)) : whole;

/** Part k of a grid along its first axis, or of a list of grids. */
export function partOf(whole: Grid | readonly Grid[], k: number): Grid {
  if (!('shape' in whole)) return whole[k] as Grid;
  const [, ...shape] = whole.shape;
  const size = shape.reduce((product, length) => product * length, 1);
  return { data: whole.data.subarray(k * size, (k + 1) * size), shape };
}
