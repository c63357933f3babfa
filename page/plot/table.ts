import { computed, signal } from '@preact/signals-core';
import { channels } from '../data/series.ts';
import { type Shown, shown } from '../state/state.ts';
import { cividis, viridis } from './colours.ts';
import { extentOf, type Grid, gridOf, type Shading } from './raster.ts';

/** Which table of the pair is drawn, if there is a choice. */
export const wanted = signal<'alignment' | 'distance'>('alignment');

/** A table over the steps of s1 (rows) and s2 (columns), with its colours. */
export interface Table {
  readonly kind: 'alignment' | 'distance';
  readonly title: string;
  readonly grid: Grid;
  readonly shading: Shading;
  cell(i: number, j: number): number;
}

/** The distances change only with the series, not with each response. */
let kept: { s1: Shown['s1']; s2: Shown['s2']; table: Table } | undefined;

/** The table on the screen. */
export const table = computed<Table | undefined>(() => {
  if (!shown.value) return undefined;
  const { s1, s2, answer } = shown.value;
  if (answer?.alignment && wanted.value === 'alignment') return alignmentTable(answer.alignment);
  if (kept?.s1 !== s1 || kept.s2 !== s2) kept = { s1, s2, table: distanceTable(s1, s2) };
  return kept.table;
});

function alignmentTable({ rows, columns, values }: { rows: number; columns: number; values: Float64Array }): Table {
  const cell = (i: number, j: number) => values[i * columns + j];
  return {
    kind: 'alignment',
    title: 'Soft alignment: how much step i of s1 and step j of s2 belong together (bright is much)',
    cell,
    grid: gridOf(rows, columns, cell),
    shading: { map: cividis, low: 0, high: 1, root: true },
  };
}

/** ||s1[i] - s2[j]||: the cost of a step of the path, before the metric squares or weights it. */
function distanceTable(s1: Shown['s1'], s2: Shown['s2']): Table {
  const [one, other] = [channels(s1.values), channels(s2.values)];
  const cell = (i: number, j: number) => {
    let sum = 0;
    for (let c = 0; c < one.length; c++) sum += (one[c][i] - other[c][j]) ** 2;
    return Math.sqrt(sum);
  };
  const grid = gridOf(s1.values.length, s2.values.length, cell);
  return {
    kind: 'distance',
    title: 'Distance between step i of s1 and step j of s2, in the units of the series (dark is alike)',
    cell,
    grid,
    shading: { map: viridis, low: 0, high: extentOf(grid.values)[1] },
  };
}
