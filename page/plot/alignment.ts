import { computed, effect, signal } from '@preact/signals-core';
import { channels } from '../data/series.ts';
import { svg } from '../dom/dom.ts';
import { moving } from '../state/move-point.ts';
import { cross, ghost, type Shown, shown } from '../state/state.ts';
import { arrows } from './arrows.ts';
import { axis, unitOf } from './axes.ts';
import { takePointer } from './brush.ts';
import { figure } from './figure.ts';
import { ARROW, drawn, EVERY, type Frame, frameOf, matchedLine, zoom } from './frame.ts';
import { grab, held, movesPoints } from './grab.ts';
import { letters } from './letters.ts';
import { seriesLines } from './lines.ts';
import { linkLines, pairsOf, partnerBack, partnerOf, thinned } from './links.ts';
import type { Scale } from './scale.ts';
import { widthSignal } from './size.ts';
import { isStepwise, pairsNote } from './without-path.ts';

/** What else is drawn. */
export const showLinks = signal(true);
export const showGradient = signal(true);
/** How far the lines are turned from straight (0, step by step) to the pairs as they are (1). */
export const warp = signal(1);
/** What the caption says about the drawing. */
export const alignmentNote = signal('');

/** The two series with their matched points joined and the gradient as arrows. */
export function mountAlignment(host: HTMLElement): void {
  const width = widthSignal(host);
  let frame: Frame | undefined;
  const overlay = svg('g', { class: 'cross' });
  effect(() => {
    if (!shown.value || width.value === 0) return;
    // Under a moving point the scales stay.
    if (!frame || !isMoving.value) frame = frameOf(shown.value, width.value);
    host.replaceChildren(picture(shown.value, frame, overlay));
  });
  effect(() => {
    void zoom.value;
    const [now, at] = [shown.value, cross.value];
    if (!now || !frame || width.value === 0) overlay.replaceChildren();
    else if (moving.value) overlay.replaceChildren(...held(now, frame, moving.value));
    else overlay.replaceChildren(...(at ? crossOf(now, frame, at) : []));
  });
  takePointer(host, {
    frame: () => frame,
    point(px, py) {
      cross.value = frame && shown.value?.answer ? pairAt(shown.value, frame, px, py) : undefined;
    },
    leave() {
      cross.value = undefined;
    },
    grab: (px, py) => (movesPoints.peek() && frame && shown.value ? grab(shown.value, frame, px, py) : undefined),
  });
  effect(() => {
    host.classList.toggle('moves-points', movesPoints.value);
  });
}

/** What belongs to a response and is the same in every frame of a zoom: its pairs, and its steepest slope. */
const pairs = computed(() => {
  const { value: now } = shown;
  return now ? pairsOf(now, [now.s1.values.length, now.s2.values.length], isStepwise(now)) : [];
});
const steepestSlope = computed(() => {
  const { gradient } = shown.value?.answer ?? {};
  return gradient ? Math.max(...[...channels(gradient.s1), ...channels(gradient.s2)].map(largest)) : 0;
});

const isMoving = computed(() => moving.value !== undefined);

function picture(now: Shown, frame: Frame, overlay: SVGGElement): SVGSVGElement {
  const { width, height, x1, x2, y1, y2, left, apart } = frame;
  const [one, other] = [drawn(now.s1), drawn(now.s2)];
  const links = showLinks.value && now.answer ? linksIn(now, frame) : { lines: null, note: '' };
  const slopes = showGradient.value ? now.answer?.gradient : undefined;
  const { value: steepest } = slopes ? steepestSlope : { value: 0 };
  const longest = steepest > 0 ? (height * ARROW) / steepest : 0;
  const length = now.metric.similarity ? -longest : longest;
  alignmentNote.value = [
    links.note,
    arrowNote(steepest),
    apart ? 'Each series has its own time scale.' : '',
    heightNote(frame),
  ]
    .filter(Boolean)
    .join(' ');
  const tall = (scale: Scale) => scale.range()[0] - scale.range()[1];
  const along = { length: x1.range()[1] - x1.range()[0], whole: true };
  const clip = svg('rect', { x: x1.range()[0] - 6, y: 0, width: along.length + 12, height: height - 40 });
  const inside = svg(
    'g',
    { 'clip-path': 'url(#alignment-clip)' },
    links.lines,
    ghost.value && svg('g', { class: 'ghost' }, seriesLines(drawn(ghost.value), x1, y1, 'ghost-line')),
    slopes && arrows(one, channels(slopes.s1), x1, y1, length, 's1'),
    slopes && arrows(other, channels(slopes.s2), x2, y2, length, 's2'),
    ...linesOf(one, now.channel, x1, y1, 's1'),
    ...linesOf(other, now.channel, x2, y2, 's2'),
    now.metric.name === 'sax' && letters(one[0]?.values ?? [], now.request, x1, y1, 's1'),
    now.metric.name === 'sax' && letters(other[0]?.values ?? [], now.request, x2, y2, 's2'),
    overlay,
  );
  return figure(
    width,
    height,
    svg('defs', {}, svg('clipPath', { id: 'alignment-clip' }, clip)),
    axis('bottom', x2, now.s2.step, { at: [0, height - 42], ...along }),
    apart && axis('top', x1, now.s1.step, { at: [0, 42], ...along }),
    axis('left', y1, '', { at: [left, 0], length: tall(y1), every: EVERY }),
    axis('left', y2, '', { at: [left, 0], length: tall(y2), every: EVERY }),
    ...valueTitles(now, frame),
    inside,
  );
}

/** The lines of a series; where the matches are those of one channel, the others are faint. */
function linesOf(lines: ReturnType<typeof drawn>, channel: number | undefined, x: Scale, y: Scale, name: string) {
  if (channel === undefined) return [seriesLines(lines, x, y, name)];
  const [matched = [], others = []] = [true, false].map((is) => lines.filter(({ c }) => (c === channel) === is));
  return [seriesLines(others, x, y, `${name} beside`), seriesLines(matched, x, y, name)];
}

/** One title for both scales of values, or one each where their numbers leave different things out. */
function valueTitles({ s1, s2 }: Shown, { height, y1, y2 }: Frame): SVGTextElement[] {
  const title = (text: string, middle: number) =>
    svg('text', { class: 'axis-title', transform: `translate(12,${middle}) rotate(-90)` }, text);
  const [one, other] = [unitOf(y1), unitOf(y2)];
  if (one === other) return [title(s1.value + one, (height - 42) / 2)];
  const middle = (scale: Scale) => (scale.range()[0] + scale.range()[1]) / 2;
  return [title(s1.value + one, middle(y1)), title(s2.value + other, middle(y2))];
}

/** The lines between paired steps, and the note about them. */
function linksIn(now: Shown, { x1, x2, y1, y2 }: Frame): { lines: SVGGElement | null; note: string } {
  const [n, m] = [now.s1.values.length, now.s2.values.length];
  const { value: all } = pairs;
  const [a, b] = [matchedLine(now.s1, now.channel), matchedLine(now.s2, now.channel)];
  const { value: t } = warp;
  // Where the line of a pair ends on s2: between the same moment and its partner.
  const end = (i: number, j: number) => (t === 1 ? j : (1 - t) * (n > 1 ? (i * (m - 1)) / (n - 1) : j) + t * j);
  const [left, right] = x1.range();
  const outside = (x: number) => x < left - 1 || x > right + 1;
  const links = thinned(all, (i, j) => {
    const [p, q] = [x1(i), x2(end(i, j))];
    return outside(p) && outside(q) ? undefined : [p, q];
  });
  const value = (at: number) => {
    const low = Math.floor(at);
    const part = at - low;
    return (b[low] as number) * (1 - part) + (part > 0 ? (b[low + 1] as number) * part : 0);
  };
  const joined = (i: number, j: number) => {
    const at = end(i, j);
    return `M${x1(i).toFixed(1)} ${y1(a[i] as number).toFixed(1)}L${x2(at).toFixed(1)} ${y2(value(at)).toFixed(1)}`;
  };
  const special = pairsNote(now);
  const every = Math.round(all.length / Math.max(1, links.length));
  const thin = links.length > 0 && every > 1 && zoom.value === undefined ? `, about one in ${every}` : '';
  const note =
    links.length === 0 ? special : `Grey lines join steps that belong together${thin}.${special && ` ${special}`}`;
  return { lines: linkLines(links, joined), note };
}

function arrowNote(steepest: number): string {
  if (!steepest) return '';
  return `Arrows show how each value would move to make the series more alike; the longest is a slope of ${steepest.toPrecision(3)}.`;
}

const heightNote = ({ y1, y2 }: Frame): string =>
  String(y1.domain()) === String(y2.domain()) ? '' : 'Each series has its own value scale.';

const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function crossOf(
  { s1, s2, channel }: Shown,
  { x1, x2, y1, y2 }: Frame,
  { i, j }: { i: number; j: number },
): SVGElement[] {
  if (i >= s1.values.length || j >= s2.values.length) return [];
  const [a, b] = [matchedLine(s1, channel)[i] as number, matchedLine(s2, channel)[j] as number];
  const [xa, ya, xb, yb] = [x1(i), y1(a), x2(j), y2(b)];
  return [
    svg('line', { x1: xa, y1: ya, x2: xb, y2: yb }),
    svg('circle', { cx: xa, cy: ya, r: 5, class: 's1' }),
    svg('circle', { cx: xb, cy: yb, r: 5, class: 's2' }),
  ];
}

/** The pair nearest to the pointer: over s1 its step and its partner, and likewise over s2. */
function pairAt({ s1, s2, answer }: Shown, { x1, x2, y1, y2 }: Frame, px: number, py: number) {
  const step = (x: Scale, count: number) => Math.min(count - 1, Math.max(0, Math.round(x.invert(px))));
  const [n, m] = [s1.values.length, s2.values.length];
  if (py < (y1.range()[0] + y2.range()[1]) / 2) {
    const i = step(x1, n);
    return { i, j: (answer && partnerOf(answer, i)) ?? Math.min(i, m - 1) };
  }
  const j = step(x2, m);
  return { i: (answer && partnerBack(answer, j)) ?? Math.min(j, n - 1), j };
}
