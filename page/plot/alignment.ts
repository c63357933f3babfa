import { effect, signal } from '@preact/signals-core';
import { scaleLinear } from 'd3-scale';
import { channels } from '../data/series.ts';
import { svg } from '../dom/dom.ts';
import { cross, type Shown, shown } from '../state/state.ts';
import { arrows } from './arrows.ts';
import { axis } from './axes.ts';
import { figure, pointIn } from './figure.ts';
import { type Scale, seriesLines } from './lines.ts';
import { linkLines, linksOf, partnerBack, partnerOf } from './links.ts';
import { extentOf } from './raster.ts';
import { widthSignal } from './size.ts';

/** What else is drawn. */
export const showLinks = signal(true);
export const showGradient = signal(true);
/** What the caption says of the drawing. */
export const alignmentNote = signal('');

/** The longest arrow, as a part of the height. */
const ARROW = 0.07;

/** Where everything stands: s1 above, s2 below, one scale of time. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly x: Scale;
  readonly y1: Scale;
  readonly y2: Scale;
}

/** The two series with their matched points joined and the gradient as arrows. */
export function mountAlignment(host: HTMLElement): void {
  const width = widthSignal(host);
  let frame: Frame | undefined;
  const overlay = svg('g', { class: 'cross' });
  effect(() => {
    if (!shown.value || width.value === 0) return;
    frame = frameOf(shown.value, width.value);
    host.replaceChildren(picture(shown.value, frame, overlay));
  });
  effect(() => {
    overlay.replaceChildren(
      ...(shown.value && frame && width.value && cross.value ? crossOf(shown.value, frame, cross.value) : []),
    );
  });
  host.addEventListener('pointermove', (event) => {
    if (frame && shown.value?.answer) cross.value = pairAt(shown.value, frame, ...pointIn(host, event));
  });
  host.addEventListener('pointerleave', () => {
    cross.value = undefined;
  });
}

function frameOf({ s1, s2 }: Shown, width: number): Frame {
  const height = Math.round(Math.min(520, Math.max(300, width * 0.44)));
  const steps = Math.max(s1.values.length, s2.values.length);
  const domain = extentOf([...channels(s1.values), ...channels(s2.values)].flat());
  // Room for an arrow above and below.
  const [top, bottom] = [ARROW * height, height - 48 - ARROW * height];
  const tall = (bottom - top) * 0.455;
  const x = scaleLinear([0, Math.max(1, steps - 1)], [56, width - 14]);
  return {
    width,
    height,
    x,
    y1: scaleLinear(domain, [top + tall, top]).nice(4),
    y2: scaleLinear(domain, [bottom, bottom - tall]).nice(4),
  };
}

function picture(now: Shown, { width, height, x, y1, y2 }: Frame, overlay: SVGGElement): SVGSVGElement {
  const [one, other] = [channels(now.s1.values), channels(now.s2.values)];
  const { answer } = now;
  const { links, every } = answer ? linksOf(answer) : { links: [], every: 1 };
  const joined = (i: number, j: number) =>
    `M${x(i).toFixed(1)} ${y1(one[0][i]).toFixed(1)}L${x(j).toFixed(1)} ${y2(other[0][j]).toFixed(1)}`;
  const slopes = showGradient.value ? answer?.gradient : undefined;
  const steepest = slopes ? Math.max(...[...channels(slopes.s1), ...channels(slopes.s2)].flat().map(Math.abs)) : 0;
  const length = steepest > 0 ? (height * ARROW) / steepest : 0;
  alignmentNote.value = noteOf(links.length, every, slopes && steepest);
  const tall = (scale: Scale) => scale.range()[0] - scale.range()[1];
  return figure(
    width,
    height,
    axis('bottom', x, now.s1.step, { at: [0, height - 42], length: x.range()[1] - x.range()[0] }),
    axis('left', y1, '', { at: [50, 0], length: tall(y1), every: 45 }),
    axis('left', y2, '', { at: [50, 0], length: tall(y2), every: 45 }),
    svg('text', { class: 'axis-title', transform: `translate(12,${(height - 42) / 2}) rotate(-90)` }, now.s1.value),
    showLinks.value && linkLines(links, joined),
    slopes && arrows(one, channels(slopes.s1), x, y1, length, 's1'),
    slopes && arrows(other, channels(slopes.s2), x, y2, length, 's2'),
    seriesLines(one, x, y1, 's1'),
    seriesLines(other, x, y2, 's2'),
    overlay,
  );
}

function noteOf(links: number, every: number, steepest: number | undefined): string {
  const parts: string[] = [];
  if (links > 0 && showLinks.value) {
    parts.push(
      every > 1
        ? `Grey lines join steps that belong together, one in ${every}.`
        : 'Grey lines join steps that belong together.',
    );
  }
  if (steepest) {
    parts.push(
      `Arrows point the way each value would move to lower the result; the longest is a slope of ${steepest.toPrecision(3)}.`,
    );
  }
  return parts.join(' ');
}

function crossOf({ s1, s2 }: Shown, { x, y1, y2 }: Frame, { i, j }: { i: number; j: number }): SVGElement[] {
  const first = (sample: typeof s1, at: number) => channels(sample.values)[0][at];
  if (i >= s1.values.length || j >= s2.values.length) return [];
  const [xa, ya, xb, yb] = [x(i), y1(first(s1, i)), x(j), y2(first(s2, j))];
  return [
    svg('line', { x1: xa, y1: ya, x2: xb, y2: yb }),
    svg('circle', { cx: xa, cy: ya, r: 5, class: 's1' }),
    svg('circle', { cx: xb, cy: yb, r: 5, class: 's2' }),
  ];
}

/** The pair nearest to the pointer: over s1 its step and its partner, over s2 likewise. */
function pairAt({ s1, s2, answer }: Shown, { x, y1, height }: Frame, px: number, py: number) {
  const step = (count: number) => Math.min(count - 1, Math.max(0, Math.round(x.invert(px))));
  if (py < (y1.range()[0] + height / 2) / 2) {
    const i = step(s1.values.length);
    return { i, j: (answer && partnerOf(answer, i)) ?? Math.min(i, s2.values.length - 1) };
  }
  const j = step(s2.values.length);
  return { i: (answer && partnerBack(answer, j)) ?? Math.min(j, s1.values.length - 1), j };
}
