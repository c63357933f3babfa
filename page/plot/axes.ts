import { type AxisScale, axisBottom, axisLeft, axisRight, axisTop } from 'd3-axis';
import { select } from 'd3-selection';
import { svg } from '../dom/dom.ts';
import { numbering, whole as wholeNumber } from './numbers.ts';

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
  const count = Math.max(2, Math.round(length / every));
  const [from = 0, to = 1] = scale.domain().map(Number);
  const { text, unit } = numbering([Math.min(from, to), Math.max(from, to)], count);
  const made = sides[side]<number>(scale)
    .ticks(count)
    .tickFormat((value) => (whole ? wholeNumber(Number(value)) : text(Number(value))))
    .tickSize(4)
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
  const count = Math.max(2, Math.round(Math.abs(high - low) / every));
  const [from = 0, to = 1] = scale.domain().map(Number);
  const { text } = numbering([Math.min(from, to), Math.max(from, to)], count);
  const widest = (scale.ticks?.(count) ?? []).reduce((most, value) => Math.max(most, text(value).length), 0);
  return Math.max(50, Math.ceil(TICK + DIGIT * widest + TITLE));
}

/** What the numbers of a scale leave out, in brackets; empty where they are whole. */
export function unitOf(scale: Linear): string {
  const [from = 0, to = 1] = scale.domain().map(Number);
  const { unit } = numbering([Math.min(from, to), Math.max(from, to)], 5);
  return unit && ` (${unit})`;
}
