import { scaleLinear, scalePow } from 'd3-scale';
import { h, svg } from '../dom.ts';
import { axis } from './axes.ts';
import { drawRaster, type Shading } from './raster.ts';

/** The bar that says which colour is which value. */
export function legend(shading: Shading, title: string, width: number): HTMLElement {
  const bar = h('canvas', { class: 'ramp', 'aria-hidden': 'true' });
  const values = Float64Array.from({ length: 256 }, (_, k) => k);
  drawRaster(bar, { n: 1, m: 256, height: 1, width: 256, values }, { map: shading.map, low: 0, high: 255 });
  const domain = [shading.low, shading.high];
  const scale = (shading.root ? scalePow().exponent(0.5) : scaleLinear()).domain(domain).range([0.5, width - 0.5]);
  const ticks = svg(
    'svg',
    { width: width + 24, height: 22, viewBox: `-12 0 ${width + 24} 22`, 'aria-hidden': 'true' },
    axis('bottom', scale, '', { at: [0, 0], length: width, every: 60 }),
  );
  bar.style.width = `${width}px`;
  return h('div', { class: 'legend' }, h('div', { class: 'legend-title' }, title), bar, ticks);
}
