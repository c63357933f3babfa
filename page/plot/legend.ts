import { h } from '../dom/dom.ts';
import { axis } from './axes.ts';
import { enlarged, figure } from './figure.ts';
import { drawRaster, type Shading } from './raster.ts';
import { type Ends, linear } from './scale.ts';

/** Room for the first and the last number of the scale. */
const ROOM = 14;

/** The colour bar of a figure: `width` pixels of the figure above it, `left` pixels in. */
export function legend(shading: Shading, title: string, width: number, left: number): HTMLElement {
  const bar = h('canvas', { class: 'ramp', 'aria-hidden': 'true' });
  const values = Float64Array.from({ length: 256 }, (_, k) => k);
  drawRaster(bar, { n: 1, m: 256, height: 1, width: 256, values }, { map: shading.map, low: 0, high: 255 });
  const ticks = axis('bottom', alongBar(shading, [0.5, width - 0.5]), '', { at: [ROOM, 0], length: width, every: 60 });
  const element = h(
    'div',
    { class: 'legend' },
    h('div', { class: 'legend-title' }, title),
    bar,
    figure(width + 2 * ROOM, 22, ticks),
  );
  bar.style.width = `${width * enlarged()}px`;
  element.style.marginLeft = `${left * enlarged()}px`;
  (element.lastElementChild as SVGElement).style.marginLeft = `${-ROOM * enlarged()}px`;
  return element;
}

/** Where a value is along the bar: its colours may follow the square root. */
function alongBar({ low, high, root = false }: Shading, range: Ends) {
  const even = linear([0, 1], range);
  const part = linear([low, high], [0, 1]);
  const scale = (value: number) => even(root ? Math.sqrt(part(value)) : part(value));
  return Object.assign(scale, { domain: [low, high] as const, range });
}
