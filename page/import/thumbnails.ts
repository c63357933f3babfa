import { scaleLinear } from 'd3-scale';
import type { Found } from '../data/reading.ts';
import { channels } from '../data/series.ts';
import { h, svg } from '../dom/dom.ts';
import { pathOf } from '../plot/path.ts';
import { extentOf } from '../plot/raster.ts';

const SHOWN = 6;
const [WIDTH, HEIGHT] = [150, 44];

/** The first series that were found, small, with their names and lengths. */
export function thumbnails(found: readonly Found[]): HTMLElement {
  const more = found.length - SHOWN;
  return h(
    'ul',
    { class: 'thumbnails' },
    ...found.slice(0, SHOWN).map(thumbnail),
    more > 0 && h('li', { class: 'hint' }, `and ${more} more`),
  );
}

function thumbnail({ values, name, label }: Found): HTMLElement {
  const lines = channels(values);
  const x = scaleLinear([0, Math.max(1, values.length - 1)], [2, WIDTH - 2]);
  const y = scaleLinear(extentOf(lines.flat()), [HEIGHT - 3, 3]);
  const path = (one: readonly number[]) => pathOf(one.length, x, (k) => y(one[k]));
  const width = lines.length > 1 ? `, ${lines.length} channels` : '';
  return h(
    'li',
    {},
    svg(
      'svg',
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' },
      ...lines.slice(0, 8).map((one) => svg('path', { class: 'line', d: path(one) })),
    ) as unknown as HTMLElement,
    h('span', {}, `${name}${label === undefined || says(name, label) ? '' : `, class ${label}`}`),
    h('span', { class: 'hint' }, `${values.length} steps${width}`),
  );
}

/** Whether a name begins with the class. */
const says = (name: string | undefined, label: string): boolean =>
  [label, `class ${label}`].some((begin) => name?.startsWith(begin));
