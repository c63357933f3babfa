import { type AxisScale, axisBottom, axisLeft, axisRight, axisTop } from 'd3-axis';
import { select } from 'd3-selection';
import { svg } from '../dom/dom.ts';
import { type Numbering, numbering, whole as wholeNumber } from './numbers.ts';

const sides = { top: axisTop, bottom: axisBottom, left: axisLeft, right: axisRight };

interface Place {
  readonly at: readonly [number, number];
  /** In pixels. */
  readonly length: number;
  /** About one tick per this many pixels. */
  readonly every?: number;
  /** Whether the scale counts whole things: steps. */
  readonly whole?: boolean;
}

type Linear = AxisScale<number> & { ticks?(count: number): number[] };

/** An axis with its title; beside an upright one the caller says what its numbers leave out, {@link unitOf}. It stands at `at`, `length` pixels long. */
export function axis(
  side: keyof typeof sides,
  scale: Linear,
  title: string,
  { at: [x, y], length, every = 80, whole = false }: Place,
): SVGGElement {
  const group = svg('g', { class: 'axis', transform: `translate(${x},${y})` });
  const count = countFor(scale, length, every);
  const { text, unit } = numberingOf(scale, count);
  const made = sides[side]<number>(scale)
    .ticks(count)
    .tickFormat((value) => (whole ? wholeNumber(Number(value)) : text(Number(value))))
    .tickSizeInner(4)
    .tickSizeOuter(0)
    .tickPadding(5);
  if (whole) made.tickValues((scale.ticks?.(count) ?? []).filter(Number.isInteger));
  select<SVGGElement, unknown>(group).call(made);
  for (const name of ['font-family', 'font-size', 'fill']) group.removeAttribute(name);
  const [low, high] = scale.range() as [number, number];
  const middle = (low + high) / 2;
  const upright = side === 'bottom' || side === 'top';
  const place = upright
    ? { x: middle, y: side === 'bottom' ? 36 : -26 }
    : { transform: `translate(${side === 'left' ? 12 - roomFor(scale, every) : 46},${middle}) rotate(-90)` };
  const named = [title, !whole && upright && unit && `(${unit})`].filter(Boolean).join(' ');
  if (named) group.append(svg('text', { class: 'axis-title', ...place }, named));
  return group;
}

/** Of a digit, in pixels. */
const DIGIT = 6.8;
/** Beside the numbers of an upright axis: its tick, and room for a title. */
const [TICK, TITLE] = [9, 20];

/** The room that an upright axis needs beside it for its numbers and its title, in pixels. */
export function roomFor(scale: Linear, every: number): number {
  const [low, high] = scale.range() as [number, number];
  const count = countFor(scale, Math.abs(high - low), every);
  const { text } = numberingOf(scale, count);
  const widest = (scale.ticks?.(count) ?? []).reduce((most, value) => Math.max(most, text(value).length), 0);
  return Math.max(50, Math.ceil(TICK + DIGIT * widest + TITLE));
}

/** What the numbers of a scale leave out, in brackets; empty where they are whole. */
export function unitOf(scale: Linear): string {
  const { unit } = numberingOf(scale, 5);
  return unit && ` (${unit})`;
}

function numberingOf(scale: Linear, count: number): Numbering {
  const [from = 0, to = 1] = scale.domain().map(Number);
  return numbering([Math.min(from, to), Math.max(from, to)], count);
}

/** How many ticks to ask for, about one per `every` pixels: enough that there are two, for one says nothing of the scale. */
function countFor(scale: Linear, length: number, every: number): number {
  const wanted = Math.max(2, Math.round(length / every));
  const enough = [0, 1, 2, 3].find((more) => (scale.ticks?.(wanted + more).length ?? 2) >= 2);
  return wanted + (enough ?? 0);
}
