import { scaleLinear } from 'd3-scale';
import type { Matrix } from '../data/matrix.ts';
import { h } from '../dom/dom.ts';
import { axis } from './axes.ts';
import { viridis } from './colours.ts';
import { figure, placed, pointIn } from './figure.ts';
import { legend } from './legend.ts';
import { point } from './point.ts';
import { drawRaster, extentOf, gridOf } from './raster.ts';

const MARGIN = { left: 52, top: 8, right: 14, bottom: 46 };

/**
 * A matrix between two data sets as a heat map, in their order.
 *
 * @param titles of its rows, its columns and its colours
 * @param told gets the cell under the pointer
 */
export function rectangle(
  { rows, columns, values }: Matrix,
  available: number,
  titles: { readonly rows: string; readonly columns: string; readonly colours: string },
  told: (cell: { readonly row: number; readonly column: number } | undefined) => void,
): HTMLElement {
  const width = Math.min(available, 720);
  const across = width - MARGIN.left - MARGIN.right;
  const down = Math.round(Math.min(720, Math.max(60, across * Math.min(1.3, rows / columns))));
  const x = scaleLinear([-0.5, columns - 0.5], [MARGIN.left, MARGIN.left + across]);
  const y = scaleLinear([-0.5, rows - 0.5], [MARGIN.top, MARGIN.top + down]);
  const canvas = h('canvas', { class: 'cells', 'aria-hidden': 'true' });
  placed(canvas, [MARGIN.left, MARGIN.top, across, down]);
  const [low, high] = extentOf(values);
  const shading = { map: viridis, low, high };
  drawRaster(
    canvas,
    gridOf(rows, columns, (i, j) => values[i * columns + j] as number),
    shading,
  );
  const picture = figure(
    width,
    MARGIN.top + down + MARGIN.bottom,
    axis('bottom', x, titles.columns, { at: [0, MARGIN.top + down + 2], length: across, every: 70, whole: true }),
    axis('left', y, titles.rows, { at: [MARGIN.left - 2, 0], length: down, every: 50, whole: true }),
  );
  const chart = h('div', { class: 'chart' }, canvas, picture as unknown as HTMLElement);
  point(
    chart,
    (event) => {
      const [px, py] = pointIn(chart, event);
      const [row, column] = [Math.round(y.invert(py)), Math.round(x.invert(px))];
      told(row >= 0 && row < rows && column >= 0 && column < columns ? { row, column } : undefined);
    },
    () => told(undefined),
  );
  return h('div', {}, chart, legend(shading, titles.colours, Math.max(120, across), MARGIN.left));
}
