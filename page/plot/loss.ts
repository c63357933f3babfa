import { effect, type ReadonlySignal } from '@preact/signals-core';
import { scaleLinear } from 'd3-scale';
import { svg } from '../dom/dom.ts';
import { axis, unitOf } from './axes.ts';
import { figure } from './figure.ts';
import { widened } from './numbers.ts';
import { pathOf } from './path.ts';
import { extentOf } from './raster.ts';
import { widthSignal } from './size.ts';

const HEIGHT = 170;

/** The loss after each step of a descent. */
export function mountLoss(host: HTMLElement, losses: ReadonlySignal<readonly number[]>, steps: number): void {
  const available = widthSignal(host);
  effect(() => {
    const width = Math.min(available.value, 520);
    const count = losses.value.length;
    host.hidden = count === 0;
    if (width === 0 || count === 0) return;
    const x = scaleLinear([0, steps], [56, width - 12]);
    const [low, high] = extentOf(losses.value);
    const y = scaleLinear(widened([Math.min(0, low), high]), [HEIGHT - 44, 12]).nice(4);
    const path = pathOf(count, x, (k) => y(losses.value[k]));
    host.setAttribute(
      'aria-label',
      `Loss curve: ${losses.value[0]} at first, ${losses.value.at(-1)} after ${count - 1} steps`,
    );
    host.replaceChildren(
      figure(
        width,
        HEIGHT,
        axis('bottom', x, 'gradient step', { at: [0, HEIGHT - 40], length: width - 68, whole: true }),
        axis('left', y, `soft-dtw (squared unit)${unitOf(y)}`, { at: [50, 0], length: HEIGHT - 56, every: 45 }),
        svg('path', { class: 'line', d: path }),
        svg('circle', { class: 'dot', cx: x(count - 1), cy: y(losses.value.at(-1) as number), r: 3.5 }),
      ),
    );
  });
}
