import { signal } from '@preact/signals-core';
import type { Sample } from '../data/series.ts';
import { svg } from '../dom/dom.ts';
import { letGo, type Moving, move } from '../state/move-point.ts';
import { drawn, type Frame } from './frame.ts';
import type { Scale } from './scale.ts';

/** Whether dragging moves a point instead of choosing what is drawn. */
export const movesPoints = signal(false);

/** What follows a pointer that has taken hold of something. */
export interface Hold {
  to(px: number, py: number): void;
  end(): void;
}

/** Takes hold of the point of s1 or s2 at a place in the picture. Its value stays between the ends of the scale. */
export function grab(pair: { s1: Sample; s2: Sample }, { x1, x2, y1, y2 }: Frame, px: number, py: number): Hold {
  const which = py < (y1.range()[0] + y2.range()[1]) / 2 ? 's1' : 's2';
  const [x, y] = which === 's1' ? [x1, y1] : [x2, y2];
  const channels = drawn(pair[which]);
  const last = (channels[0]?.values.length ?? 1) - 1;
  const step = Math.min(last, Math.max(0, Math.round(x.invert(px))));
  const off = (values: readonly number[]) => Math.abs(y(values[step]) - py);
  const { c } = channels.reduce((best, next) => (off(next.values) < off(best.values) ? next : best));
  return {
    to(_, down) {
      move({ which, step, c, value: valueAt(y, down) });
    },
    end: letGo,
  };
}

/** The value at a height, to a thousandth of the scale: a hand is no more exact. */
function valueAt(y: Scale, py: number): number {
  const [low, high] = y.domain();
  const grain = 10 ** Math.floor(Math.log10((high - low) / 1000));
  const within = Math.min(high, Math.max(low, y.invert(py)));
  return Number((Math.round(within / grain) * grain).toPrecision(12));
}

/** The point in the user's hand and the lines to the points beside it: where they will be once the service has answered. */
export function held(pair: { s1: Sample; s2: Sample }, { x1, x2, y1, y2 }: Frame, { which, step, c, value }: Moving) {
  const [x, y] = which === 's1' ? [x1, y1] : [x2, y2];
  const values = drawn(pair[which]).find((one) => one.c === c)?.values ?? [];
  const beside = [step - 1, step + 1].filter((i) => i >= 0 && i < values.length);
  return [
    ...beside.map((i) => svg('line', { x1: x(i), y1: y(values[i]), x2: x(step), y2: y(value) })),
    svg('circle', { cx: x(step), cy: y(value), r: 6, class: which }),
  ];
}
