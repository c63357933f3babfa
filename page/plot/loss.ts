import { effect, type ReadonlySignal } from '@preact/signals-core';
import { scaleLinear } from 'd3-scale';
import { svg } from '../dom/dom.ts';
import { axis, roomFor, unitOf } from './axes.ts';
import { figure } from './figure.ts';
import { widened } from './numbers.ts';
import { pathOf } from './path.ts';
import { extentOf } from './raster.ts';
import { widthSignal } from './size.ts';

const HEIGHT = 170;
/** Pixels from tick to tick. */
const EVERY = 45;

/** The loss after each step of a descent. */
export function mountLoss(host: HTMLElement, losses: ReadonlySignal<readonly number[]>, steps: number): void {
  const available = widthSignal(host);
  effect(() => {
    const width = Math.min(available.value, 520);
    const count = losses.value.length;
    host.hidden = count === 0;
    if (width === 0 || count === 0) return;
    const [low, high] = extentOf(losses.value);
    const y = scaleLinear(widened([Math.min(0, low), high]), [HEIGHT - 44, 12]).nice(4);
    const left = roomFor(y, EVERY);
    const x = scaleLinear([0, steps], [left + 6, width - 12]);
    const path = pathOf(count, x, (k) => y(losses.value[k]));
    host.setAttribute(
      'aria-label',
      `Loss curve: ${losses.value[0]} at first, ${losses.value.at(-1)} after ${count - 1} steps`,
    );
    host.replaceChildren(
      figure(
        width,
        HEIGHT,
        axis('bottom', x, 'gradient step', { at: [0, HEIGHT - 40], length: width - left - 18, whole: true }),
        axis('left', y, `soft-dtw${unitOf(y)}`, { at: [left, 0], length: HEIGHT - 56, every: EVERY }),
        svg('path', { class: 'line', d: path }),
        svg('circle', { class: 'dot', cx: x(count - 1), cy: y(losses.value.at(-1) as number), r: 3.5 }),
      ),
    );
  });
}
