import type { Grid } from '../../core/server-door.ts';

/** Grids of series as one, along a new first axis: shorter ones are padded with NaN at the end, and numbers become rows of one if others are rows. */
export function padded(grids: readonly Grid[]): Grid {
  const dimensions = grids.reduce((most, { shape }) => Math.max(most, shape.length), 1);
  const shapeOf = ({ shape }: Grid) => [...shape, ...new Array<number>(dimensions - shape.length).fill(1)];
  const [rows = 1, columns = 1] = grids
    .map(shapeOf)
    .reduce((most, shape) => most.map((a, at) => Math.max(a, shape[at] ?? 1)));
  const data = new Float64Array(grids.length * rows * columns).fill(Number.NaN);
  for (const [k, grid] of grids.entries()) {
    const [height = 1, width = 1] = shapeOf(grid);
    for (let i = 0; i < height; i++) {
      data.set(grid.data.subarray(i * width, (i + 1) * width), (k * rows + i) * columns);
    }
  }
  return { data, shape: [grids.length, rows, ...(dimensions === 1 ? [] : [columns])] };
}
