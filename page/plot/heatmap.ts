import { effect } from '@preact/signals-core';
import { scaleLinear } from 'd3-scale';
import type { Band } from '../../src/core/kernels/types.ts';
import { h, svg } from '../dom/dom.ts';
import { cross, type Shown, shown } from '../state/state.ts';
import { axis } from './axes.ts';
import { bandOf, constraintOf } from './band.ts';
import { bandHandle } from './band-handle.ts';
import { figure, placed, pointIn } from './figure.ts';
import { matchedLine } from './frame.ts';
import { legend } from './legend.ts';
import { visible } from './lines.ts';
import { pathOf } from './path.ts';
import { point } from './point.ts';
import { drawRaster, extentOf } from './raster.ts';
import type { Scale } from './scale.ts';
import { widthSignal } from './size.ts';
import { type Table, table } from './table.ts';
import { unchanged } from './unchanged.ts';

/** Pixels next to the cells: the series along them, and the axis. */
const MARGIN = { left: 58, top: 58, right: 54, bottom: 46 };

interface Frame {
  readonly width: number;
  readonly height: number;
  /** Column j of the table, and row i. */
  readonly x: Scale;
  readonly y: Scale;
}

/** The table of the pair as a heat map, with path and band over it and the series along its sides. */
export function mountHeatmap(host: HTMLElement): void {
  const width = widthSignal(host);
  const canvas = h('canvas', { class: 'cells', 'aria-hidden': 'true' });
  const overlay = svg('g', { class: 'cross' });
  const chart = h('div', { class: 'chart' }, canvas);
  let frame: Frame | undefined;
  let drawn: SVGSVGElement | undefined;
  const layer = svg('svg', { class: 'layer' });
  const { handle, place } = bandHandle(chart, () => frame);
  layer.append(handle);
  const key = h('div');
  host.replaceChildren(chart, key);
  // While gamma moves, only the cells change.
  const [samePicture, sameLegend] = [unchanged(), unchanged()];
  effect(() => {
    if (!shown.value || !table.value || width.value === 0) return;
    frame = frameOf(shown.value, width.value);
    const band = bandOf(shown.value.s1.values.length, shown.value.s2.values.length, shown.value.request.body);
    const [[left, right], [top, bottom]] = [frame.x.range(), frame.y.range()];
    placed(canvas, [left, top, right - left, bottom - top] as [number, number, number, number]);
    drawRaster(canvas, table.value.grid, table.value.shading, band);
    const { s1, s2, channel, answer, request } = shown.value;
    const lines = [matchedLine(s1, channel), matchedLine(s2, channel)] as const;
    if (
      samePicture(
        ...lines,
        answer?.path,
        table.value.kind,
        width.value,
        band && JSON.stringify(constraintOf(request.body)),
      )
    )
      return;
    const next = picture(shown.value, lines, table.value, frame, band, overlay);
    // The handle stays where it is: a drag or the focus would be lost.
    if (drawn) drawn.replaceWith(next);
    else chart.append(next, layer);
    drawn = next;
    for (const name of ['viewBox', 'width', 'height']) layer.setAttribute(name, next.getAttribute(name) ?? '');
    place();
  });
  effect(() => {
    if (table.value && width.value) {
      const { shading, title } = table.value;
      if (sameLegend(title, shading.low, shading.high, width.value)) return;
      key.replaceChildren(
        legend(shading, title, Math.max(120, Math.min(width.value, 560) - MARGIN.left - MARGIN.right), MARGIN.left),
      );
    }
  });
  effect(() => {
    overlay.replaceChildren(...(cross.value && shown.value && frame && width.value ? crossOf(frame, cross.value) : []));
  });
  point(
    chart,
    (event) => {
      if (!frame || !shown.value) return;
      const [px, py] = pointIn(chart, event);
      const { s1, s2 } = shown.value;
      const i = Math.round(frame.y.invert(py));
      const j = Math.round(frame.x.invert(px));
      cross.value = i in s1.values && j in s2.values ? { i, j } : undefined;
    },
    () => {
      cross.value = undefined;
    },
  );
}

function frameOf({ s1, s2 }: Shown, available: number): Frame {
  const width = Math.min(available, 560);
  const [n, m] = [s1.values.length, s2.values.length];
  const across = width - MARGIN.left - MARGIN.right;
  const down = Math.round(across * Math.min(1.3, Math.max(0.5, n / m)));
  return {
    width,
    height: MARGIN.top + down + MARGIN.bottom,
    x: scaleLinear([-0.5, m - 0.5], [MARGIN.left, MARGIN.left + across]),
    y: scaleLinear([-0.5, n - 0.5], [MARGIN.top, MARGIN.top + down]),
  };
}

function picture(
  now: Shown,
  [one, other]: readonly [readonly number[], readonly number[]],
  { kind }: Table,
  frame: Frame,
  band: Band | undefined,
  overlay: SVGGElement,
): SVGSVGElement {
  const { width, height, x, y } = frame;
  const [[left, right], [top, bottom]] = [x.range(), y.range()];
  const path = kind === 'distance' && now.answer?.path && steps(now.answer.path, x, y);
  return figure(
    width,
    height,
    svg('path', { class: 'line s2', d: alongTop(other, x, [top - 8, 8]) }),
    svg('path', { class: 'line s1', d: alongLeft(one, y, [left - 8, 8]) }),
    axis('bottom', x, `step j of s2`, { at: [0, bottom + 2], length: right - left, every: 70, whole: true }),
    axis('right', y, `step i of s1`, { at: [right + 2, 0], length: bottom - top, every: 70, whole: true }),
    band && svg('path', { class: 'band', d: outline(band, x, y) }),
    path && svg('path', { class: 'path-casing', d: path }),
    path && svg('path', { class: 'path', d: path }),
    overlay,
  );
}

/** More points of a path than these cannot be told apart. */
const POINTS = 20_000;

function steps(path: readonly (readonly [number, number])[], x: Scale, y: Scale): string {
  const every = Math.ceil(path.length / POINTS);
  const kept = every === 1 ? path : path.filter((_, k) => k % every === 0 || k === path.length - 1);
  return pathOf(
    kept.length,
    (k) => x(kept[k][1]),
    (k) => y(kept[k][0]),
  );
}

/** s2 above the columns. */
function alongTop(line: readonly number[], x: Scale, range: [number, number]): string {
  const y = scaleLinear(extentOf(line), range);
  const shown = visible(line, x);
  return pathOf(
    shown.length,
    (k) => x(shown[k]),
    (k) => y(line[shown[k]]),
  );
}

/** s1 left of the rows, rising to the left. */
function alongLeft(line: readonly number[], y: Scale, range: [number, number]): string {
  const x = scaleLinear(extentOf(line), range);
  const shown = visible(line, y);
  return pathOf(
    shown.length,
    (k) => x(line[shown[k]]),
    (k) => y(shown[k]),
  );
}

/** The border of the band, as a staircase. */
function outline({ lo, hi }: Band, x: Scale, y: Scale): string {
  const stairs = (edge: Int32Array, beyond: number) =>
    Array.from(edge, (j, i) => {
      const at = x(j + beyond);
      return `${i === 0 ? 'M' : 'L'}${at} ${y(i - 0.5)}L${at} ${y(i + 0.5)}`;
    }).join('');
  return stairs(lo, -0.5) + stairs(hi, 0.5);
}

function crossOf({ x, y }: Frame, { i, j }: { i: number; j: number }): SVGElement[] {
  const [[left, right], [top, bottom]] = [x.range(), y.range()];
  return [
    svg('line', { x1: x(j), x2: x(j), y1: top, y2: bottom }),
    svg('line', { x1: left, x2: right, y1: y(i), y2: y(i) }),
  ];
}
