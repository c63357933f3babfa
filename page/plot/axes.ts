import { svg } from '../dom/dom.ts';
import { numbering, whole as wholeNumber } from './numbers.ts';
import { type Ends, type Scale, ticks } from './scale.ts';

/** Where the ticks of each side are, and whether its numbers stand one above the other. */
const SIDES = {
  top: { upright: false, out: -1, anchor: 'middle', title: { y: -26 } },
  bottom: { upright: false, out: 1, anchor: 'middle', title: { y: 36 } },
  left: { upright: true, out: -1, anchor: 'end', title: { x: -40 } },
  right: { upright: true, out: 1, anchor: 'start', title: { x: 46 } },
} as const;

const [TICK, PADDING] = [4, 5];

interface Place {
  readonly at: readonly [number, number];
  /** In pixels. */
  readonly length: number;
  /** About one tick per this many pixels. */
  readonly every?: number;
  /** Whether the scale counts whole things: steps. */
  readonly whole?: boolean;
}

/** What an axis is drawn of: it need not be linear. */
type Drawable = Pick<Scale, 'domain' | 'range'> & ((value: number) => number);

/** An axis with its title; beside an upright one the caller says what its numbers leave out, {@link unitOf}. It stands at `at`, `length` pixels long. */
export function axis(
  side: keyof typeof SIDES,
  scale: Drawable,
  title: string,
  { at: [x, y], length, every = 80, whole = false }: Place,
): SVGGElement {
  const { upright, out, anchor, title: beside } = SIDES[side];
  const count = Math.max(2, Math.round(length / every));
  const { text, unit } = numbering(ascending(scale), count);
  const values = ticks(scale.domain, count).filter((value) => !whole || Number.isInteger(value));
  // Lines a pixel wide are sharp between two pixels.
  const half = devicePixelRatio > 1 ? 0 : 0.5;
  const [low, high] = scale.range;
  const [reach, away] = [out * TICK, out * (TICK + PADDING)];
  const ends = [low + half, high + half];
  const border = upright
    ? `M${reach} ${ends[0]}H${half}V${ends[1]}H${reach}`
    : `M${ends[0]} ${reach}V${half}H${ends[1]}V${reach}`;
  const marks = values.map((value) => {
    const at = scale(value) + half;
    return svg(
      'g',
      { class: 'tick', transform: upright ? `translate(0,${at})` : `translate(${at},0)` },
      svg('line', upright ? { x2: reach } : { y2: reach }),
      svg(
        'text',
        upright ? { x: away, dy: '0.32em' } : { y: away, dy: out > 0 ? '0.71em' : '0' },
        whole ? wholeNumber(value) : text(value),
      ),
    );
  });
  const middle = (low + high) / 2;
  const place =
    'x' in beside ? { transform: `translate(${beside.x},${middle}) rotate(-90)` } : { x: middle, ...beside };
  const named = [title, !whole && !upright && unit && `(${unit})`].filter(Boolean).join(' ');
  return svg(
    'g',
    { class: 'axis', transform: `translate(${x},${y})`, 'text-anchor': anchor },
    svg('path', { class: 'domain', d: border }),
    ...marks,
    named && svg('text', { class: 'axis-title', ...place }, named),
  );
}

/** What the numbers of a scale leave out, in brackets; empty where they are whole. */
export function unitOf(scale: Drawable): string {
  const { unit } = numbering(ascending(scale), 5);
  return unit && ` (${unit})`;
}

const ascending = ({ domain: [one, other] }: Drawable): Ends => [Math.min(one, other), Math.max(one, other)];
