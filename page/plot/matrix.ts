import { effect, signal } from '@preact/signals-core';
import { scaleLinear } from 'd3-scale';
import { h, svg } from '../dom/dom.ts';
import { groups, type MatrixShown, matrixFilling, matrixShown } from '../state/matrix.ts';
import { axis } from './axes.ts';
import { viridis } from './colours.ts';
import { dendrogram } from './dendrogram.ts';
import { figure, placed, pointIn } from './figure.ts';
import { legend } from './legend.ts';
import { point } from './point.ts';
import { drawRaster, extentOf, gridIn, gridOf } from './raster.ts';
import type { Scale } from './scale.ts';
import { widthSignal } from './size.ts';

/** The cell under the cross-hair: row and column in drawing order. */
export const cell = signal<{ readonly row: number; readonly column: number } | undefined>(undefined);

/** Which series is in a row or column. */
export const seriesAt = (row: number): number => matrixShown.peek()?.tree.members[row] as number;

interface Frame {
  readonly width: number;
  readonly side: number;
  readonly left: number;
  readonly at: Scale;
}

const TOP = 8;

/** The matrix as a heat map, ordered by the dendrogram at its side. `open` is called with the selected pair. */
export function mountMatrix(host: HTMLElement, open: (one: number, other: number) => void): void {
  const available = widthSignal(host);
  const canvas = h('canvas', { class: 'cells', 'aria-hidden': 'true' });
  const chart = h('div', { class: 'chart' });
  const overlay = svg('g', { class: 'cross' });
  const key = h('div');
  host.replaceChildren(chart, key);
  let frame: Frame | undefined;
  effect(() => {
    const { value: filling } = matrixFilling;
    document.documentElement.classList.toggle('filling', filling !== undefined);
    if (filling && available.value > 0) {
      // Without a tree there is no order yet.
      const { width, left, side } = frameOf({ matrix: filling }, available.value);
      placed(canvas, [left, TOP, side, side]);
      const [low, high] = extentOf(filling.values);
      const cells = gridIn(filling);
      drawRaster(canvas, cells, { map: viridis, low, high });
      const whole = svg('rect', { class: 'whole', x: left, y: TOP, width: side, height: side });
      chart.replaceChildren(canvas, figure(width, side + TOP + 46, whole));
      return;
    }
    const now = matrixShown.value;
    // Rows of a matrix that was given up say nothing.
    if (!now) chart.replaceChildren();
    if (!now || available.value === 0) return;
    frame = frameOf(now, available.value);
    const { left, side } = frame;
    placed(canvas, [left, TOP, side, side]);
    const { rows: n, values } = now.matrix;
    const { members } = now.tree;
    const [low, high] = extentOf(values);
    const shading = { map: viridis, low, high };
    drawRaster(
      canvas,
      gridOf(n, n, (i, j) => values[(members[i] as number) * n + (members[j] as number)]),
      shading,
    );
    chart.replaceChildren(canvas, picture(now, frame, overlay));
    const alike = now.similarity ? 'bright is alike' : 'dark is alike';
    key.replaceChildren(legend(shading, `${now.title} of row and column (${alike})`, side, left));
  });
  effect(() => {
    const at = cell.value;
    if (!frame || !at || available.value === 0 || !matrixShown.value) overlay.replaceChildren();
    else overlay.replaceChildren(box(frame, at.row, at.column, 1));
  });
  const pointed = (event: MouseEvent) => {
    if (!frame || !matrixShown.value || matrixFilling.value) return undefined;
    const [px, py] = pointIn(chart, event);
    const row = Math.round(frame.at.invert(py - TOP));
    const column = Math.round(frame.at.invert(px - frame.left));
    const { members } = matrixShown.value.tree;
    return row in members && column in members ? { row, column } : undefined;
  };
  point(
    chart,
    (event) => {
      cell.value = pointed(event);
    },
    () => {
      cell.value = undefined;
    },
  );
  chart.addEventListener('click', (event) => {
    const found = pointed(event);
    if (found) open(seriesAt(found.row), seriesAt(found.column));
  });
}

function frameOf({ matrix: { rows } }: Pick<MatrixShown, 'matrix'>, available: number): Frame {
  const width = Math.min(available, 900);
  const left = Math.round(Math.min(150, width * (width > 460 ? 0.2 : 0.13)));
  const names = width > 460 ? 180 : 118;
  const side = width - left - names;
  return { width, side, left, at: scaleLinear([-0.5, rows - 0.5], [0, side]) };
}

function picture({ series, tree }: MatrixShown, frame: Frame, overlay: SVGGElement): SVGSVGElement {
  const { width, side, left, at } = frame;
  const height = side + TOP + (left > 90 ? 46 : 14);
  const x = scaleLinear([0, tree.height], [left - 4, 10]);
  const y = at.copy().range([TOP, TOP + side]);
  const size = side / tree.members.length;
  const every = Math.max(1, Math.ceil(13 / size));
  const classes = classesOf(series);
  const mark = classes.length > 0 ? 10 : 0;
  const marks = tree.members.map((k, row) =>
    svg('rect', {
      x: left + side + 4,
      y: y(row) - size / 2,
      width: 7,
      height: Math.max(size, 1),
      class: `class class-${classes.indexOf(series[k]?.label ?? '') % 8}`,
    }),
  );
  const letters = Math.floor((width - left - side - 12 - mark) / 6.6);
  const names = tree.members.map((k, row) =>
    row % every === 0
      ? svg(
          'text',
          { x: left + side + 8 + mark, y: y(row) + 4, class: 'name' },
          shortened(series[k]?.name ?? '', letters),
          svg('title', {}, series[k]?.name ?? ''),
        )
      : null,
  );
  return figure(
    width,
    height,
    svg('path', { class: 'tree', d: dendrogram(tree, x, y) }),
    left > 90 && axis('bottom', x, 'merge height', { at: [0, TOP + side + 4], length: left - 14, every: 55 }),
    ...(mark > 0 ? marks : []),
    ...names,
    ...outlines(frame),
    overlay,
  );
}

/** The classes of series of which all have one and not all the same; none otherwise. */
export function classesOf(series: MatrixShown['series']): string[] {
  const labels = series.map(({ label }) => label);
  const classes = [...new Set(labels)].filter((label) => label !== undefined);
  return classes.length > 1 && classes.length < series.length && !labels.includes(undefined) ? classes.toSorted() : [];
}

/** A name as far as there is room: its end tells series apart too. */
const shortened = (name: string, letters: number): string =>
  name.length <= letters ? name : `${name.slice(0, Math.max(1, letters - 5))}…${name.slice(-4)}`;

/** A box around each group, along the diagonal. */
function outlines(frame: Frame): SVGElement[] {
  let from = 0;
  return groups.value.map(({ members }) => {
    const made = () => box(frame, from, from, members.length);
    const outlined = svg('g', { class: 'groups' }, made(), made());
    from += members.length;
    return outlined;
  });
}

function box({ left, at }: Frame, row: number, column: number, count: number): SVGElement {
  const size = at(count) - at(0);
  return svg('rect', { x: left + at(column - 0.5), y: TOP + at(row - 0.5), width: size, height: size });
}
