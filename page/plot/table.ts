import { computed, signal } from '@preact/signals-core';
import type { Matrix } from '../data/matrix.ts';
import { channelName, channels } from '../data/series.ts';
import { type Shown, shown } from '../state/state.ts';
import { cividis, viridis } from './colours.ts';
import { extentOf, type Grid, gridIn, gridOf, type Shading } from './raster.ts';

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
let kept: (Pick<Shown, 's1' | 's2' | 'channel'> & { readonly table: Table }) | undefined;

/** The table on the screen. */
export const table = computed<Table | undefined>(() => {
  if (!shown.value) return undefined;
  const { s1, s2, channel, answer } = shown.value;
  if (answer?.alignment && wanted.value === 'alignment') return alignmentTable(shown.value, answer.alignment);
  if (kept?.s1 !== s1 || kept.s2 !== s2 || kept.channel !== channel)
    kept = { s1, s2, ...(channel !== undefined && { channel }), table: distanceTable(shown.value) };
  return kept.table;
});

/** Of which channel a table is, for its title. */
const ofChannel = ({ s1, channel }: Shown): string => (channel === undefined ? '' : `, ${channelName(s1, channel)}`);

function alignmentTable(now: Shown, alignment: Matrix): Table {
  return {
    kind: 'alignment',
    title: `Soft alignment${ofChannel(now)}: how much step i of s1 and step j of s2 belong together (bright is much)`,
    cell: (i, j) => alignment.values[i * alignment.columns + j],
    grid: gridIn(alignment),
    shading: { map: cividis, low: 0, high: 1, root: true },
  };
}

/** ||s1[i] - s2[j]||: the cost of a step of the path, before the metric squares or weights it; of one channel where each has its own path. */
function distanceTable(now: Shown): Table {
  const { s1, s2, channel } = now;
  const of = (all: readonly (readonly number[])[]) => (channel === undefined ? all : all.slice(channel, channel + 1));
  const [one, other] = [of(channels(s1.values)), of(channels(s2.values))];
  const cell = (i: number, j: number) => {
    let sum = 0;
    for (let c = 0; c < one.length; c++) sum += (one[c][i] - other[c][j]) ** 2;
    return Math.sqrt(sum);
  };
  const grid = gridOf(s1.values.length, s2.values.length, cell);
  return {
    kind: 'distance',
    title: `Distance between step i of s1 and step j of s2${ofChannel(now)}, in the units of the series (dark is alike)`,
    cell,
    grid,
    shading: { map: viridis, low: 0, high: extentOf(grid.values)[1] },
  };
}
