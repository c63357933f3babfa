import { scaleLinear, scalePow } from 'd3-scale';
import { h } from '../dom/dom.ts';
import { axis } from './axes.ts';
import { enlarged, figure } from './figure.ts';
import { drawRaster, type Shading } from './raster.ts';

/** Room for the first and the last number of the scale. */
const ROOM = 14;

/** The colour bar of a figure: `width` pixels of the figure above it, `left` pixels in. */
export function legend(shading: Shading, title: string, width: number, left: number): HTMLElement {
  const bar = h('canvas', { class: 'ramp', 'aria-hidden': 'true' });
  const values = Float64Array.from({ length: 256 }, (_, k) => k);
  drawRaster(bar, { n: 1, m: 256, height: 1, width: 256, values }, { map: shading.map, low: 0, high: 255 });
  // The colours may follow the square root.
  const scale = shading.root ? scalePow().exponent(0.5) : scaleLinear();
  scale.domain([shading.low, shading.high]).range([0.5, width - 0.5]);
  const ticks = axis('bottom', scale, '', { at: [ROOM, 0], length: width, every: 60 });
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
