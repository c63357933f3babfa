import type { Arrangement, Cell, Choices, Found, Wanted } from './reading.ts';
import { readTable, type TableReading, trimmed } from './table.ts';

/** More columns than this are time steps, not channels, if nothing is named. */
const MOST_CHANNELS = 12;

/** An array of two axes without names: (sz, d) is one series, (n, sz) a data set; the shape suggests which. */
export function readMatrix(rows: readonly (readonly Cell[])[], chosen: Choices, wanted: Wanted): TableReading {
  const width = rows[0]?.length ?? 0;
  const table = { rows, decimal: '.' } as const;
  const arrangement = chosen.arrangement ?? guess(rows.length, width, wanted);
  const roles = chosen.roles ?? Array.from({ length: width }, () => 'value' as const);
  return readTable(table, { header: false, ...chosen, arrangement, roles }, wanted);
}

function guess(height: number, width: number, wanted: Wanted): Arrangement {
  if (wanted === 'dataset') return 'rows';
  if (wanted === 'series') return 'channels';
  return width > height || width > MOST_CHANNELS ? 'rows' : 'channels';
}

/** A block of three axes: (n, sz, d), or (n, d, sz) if there would otherwise be more channels than steps. */
export function readBlock(
  block: readonly (readonly (readonly number[])[])[],
  chosen: Choices,
): { series: Found[]; layout: 'time_first' | 'channels_first' } {
  const wide = block.every((series) => (series[0]?.length ?? 0) > series.length);
  const layout = chosen.layout ?? (wide ? 'channels_first' : 'time_first');
  const series = block.map((rows) => {
    const steps = layout === 'time_first' ? rows : (rows[0] ?? []).map((_, t) => rows.map((row) => row[t]));
    return { values: steps[0]?.length === 1 ? trimmed(steps.flat()) : trimmed(steps) };
  });
  return { series, layout };
}
