import { effect, signal } from '@preact/signals-core';
import { scaleLinear } from 'd3-scale';
import { channels, type Sample } from '../data/series.ts';
import { svg } from '../dom/dom.ts';
import { long, type Match, searchShown, soughtPart } from '../state/search.ts';
import { pointer } from '../state/state.ts';
import { axis, unitOf } from './axes.ts';
import { figure, pointIn } from './figure.ts';
import { seriesLines } from './lines.ts';
import { widened } from './numbers.ts';
import { extentOf } from './raster.ts';
import type { Scale } from './scale.ts';
import { widthSignal } from './size.ts';

/** The step of the long series under the pointer. */
export const stepAt = signal<number | undefined>(undefined);

const [TALL, CURVE, GAP] = [230, 110, 30];
const HEIGHT = TALL + GAP + CURVE + 46;
const [LEFT, RIGHT] = [58, 14];
/** A shorter drag does not count. */
const LEAST = 6;

/** The long series with its matches, and below it the matching curve. What the pointer is dragged across is looked for. */
export function mountSearch(host: HTMLElement): void {
  const width = widthSignal(host);
  let x: Scale | undefined;
  const cursor = svg('g', { class: 'cross' });
  const brush = svg('rect', { class: 'brush', y: 0, height: TALL });
  effect(() => {
    const { value: series } = long;
    if (!series || width.value === 0) return;
    const last = Math.max(1, series.values.length - 1);
    x = scaleLinear([0, last], [LEFT, width.value - RIGHT]);
    host.replaceChildren(picture(series, x, width.value, cursor));
  });
  effect(() => {
    const at = stepAt.value;
    const px = x && at !== undefined && width.value ? x(at) : undefined;
    cursor.replaceChildren(...(px === undefined ? [] : [svg('line', { x1: px, x2: px, y1: 0, y2: HEIGHT - 46 })]));
  });

  let start: number | undefined;
  const stepOf = (event: PointerEvent) => {
    const [px] = pointIn(host, event);
    const count = long.peek()?.values.length ?? 1;
    return Math.min(count - 1, Math.max(0, Math.round(x?.invert(px) ?? 0)));
  };
  const pointAt = (event: PointerEvent) => {
    stepAt.value = stepOf(event);
    pointer.value = { x: event.clientX, y: event.clientY };
    return stepAt.value;
  };
  host.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    start = pointAt(event);
    host.setPointerCapture(event.pointerId);
  });
  host.addEventListener('pointermove', (event) => {
    const at = pointAt(event);
    if (start === undefined || !x) return;
    const [from, to] = [x(Math.min(start, at)), x(Math.max(start, at))];
    brush.setAttribute('x', String(from));
    brush.setAttribute('width', String(to - from));
    host.querySelector('svg')?.append(brush);
  });
  host.addEventListener('pointerup', (event) => {
    const [from, to] = [Math.min(start ?? 0, stepOf(event)), Math.max(start ?? 0, stepOf(event))];
    brush.remove();
    if (start !== undefined && x && x(to) - x(from) >= LEAST) soughtPart.value = [from, to];
    start = undefined;
  });
  host.addEventListener('pointercancel', () => {
    brush.remove();
    start = undefined;
  });
  host.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType !== 'mouse') return;
    pointer.value = undefined;
    stepAt.value = undefined;
  });
}

function picture(series: Sample, x: Scale, width: number, cursor: SVGGElement): SVGSVGElement {
  const lines = channels(series.values).map((values, c) => ({ c, values }));
  const y = scaleLinear(widened(extentOf(lines.flatMap(({ values }) => values))), [TALL - 8, 22]).nice(8);
  const now = searchShown.value?.long === series ? searchShown.value : undefined;
  const part = soughtPart.value;
  return figure(
    width,
    HEIGHT,
    ...(now?.matches ?? []).map((match) => stretch(x, match.start, match.end, 'match', TALL)),
    part && stretch(x, part[0], part[1], 'sought', TALL),
    axis('left', y, '', { at: [LEFT - 6, 0], length: TALL - 30, every: 45 }),
    title(`${series.value}${unitOf(y)}`, TALL / 2),
    seriesLines(lines, x, y, 'long'),
    ...(now?.matches ?? []).map((match, rank) => highlighted(lines, match, rank, x, y)),
    axis('bottom', x, series.step, { at: [0, HEIGHT - 42], length: width - LEFT - RIGHT, whole: true }),
    now?.curve && curveOf(now.curve, now.matches, x),
    cursor,
  );
}

const title = (text: string, middle: number) =>
  svg('text', { class: 'axis-title', transform: `translate(12,${middle}) rotate(-90)` }, text);

const stretch = (x: Scale, from: number, to: number, name: string, height: number) =>
  svg('rect', { class: name, x: x(from), width: Math.max(1.5, x(to) - x(from)), y: 0, height });

/** The time scale of what begins at a step of the long series. */
const shifted = (x: Scale, by: number): Scale => x.copy().domain(x.domain().map((step) => step - by));

/** A match over the long series, with its rank above. */
function highlighted(
  lines: readonly { readonly c: number; readonly values: readonly number[] }[],
  { start, end }: Match,
  rank: number,
  x: Scale,
  y: Scale,
): SVGGElement {
  const parts = lines.map(({ c, values }) => ({ c, values: values.slice(start, end + 1) }));
  const own = shifted(x, start);
  const middle = (x(start) + x(end)) / 2;
  return svg(
    'g',
    { class: 'matched' },
    seriesLines(parts, own, y, 's2'),
    svg('text', { class: 'rank', x: middle, y: 14 }, String(rank + 1)),
  );
}

/** For each step, how far the best match that ends there is; its lowest points are the matches. */
function curveOf(curve: Float64Array, matches: readonly Match[], x: Scale): SVGGElement {
  const top = TALL + GAP;
  const finite = Float64Array.from(curve, (value) => (Number.isFinite(value) ? value : Number.NaN));
  const [, high] = extentOf(finite);
  const y = scaleLinear([0, high || 1], [top + CURVE, top]).nice(3);
  const first = finite.findIndex((value) => !Number.isNaN(value));
  const own = shifted(x, first);
  return svg(
    'g',
    { class: 'curve' },
    svg('text', { class: 'curve-title', x: LEFT, y: top - 10 }, 'Distance of the best match that ends here'),
    axis('left', y, '', { at: [LEFT - 6, 0], length: CURVE, every: 40 }),
    seriesLines([{ c: 0, values: Array.from(finite.subarray(Math.max(0, first))) }], own, y, 'distance'),
    ...matches.map(({ end }) =>
      svg('circle', { class: 's2 found-end', cx: x(end), cy: y(curve[end] as number), r: 4 }),
    ),
  );
}
