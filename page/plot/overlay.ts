import { scaleLinear } from 'd3-scale';
import { channels, type Sample } from '../data/series.ts';
import { axis } from './axes.ts';
import { figure } from './figure.ts';
import { seriesLines } from './lines.ts';
import { widened } from './numbers.ts';
import { extentOf } from './raster.ts';

const HEIGHT = 130;
const PAD = { left: 40, right: 6, top: 8, bottom: 24 };

const linesOf = ({ values }: Sample) => channels(values).map((line, c) => ({ c, values: line }));

/** A series that was found, with what was looked for over it, from the first step of each. */
export function overlay(found: Sample, query: Sample, width: number): SVGSVGElement {
  const [under, over] = [linesOf(found), linesOf(query)];
  const steps = Math.max(found.values.length, query.values.length);
  const x = scaleLinear([0, Math.max(1, steps - 1)], [PAD.left, width - PAD.right]);
  const extent = widened(extentOf([...under, ...over].flatMap(({ values }) => values)));
  const y = scaleLinear(extent, [HEIGHT - PAD.bottom, PAD.top]).nice(3);
  return figure(
    width,
    HEIGHT,
    axis('bottom', x, '', { at: [0, HEIGHT - PAD.bottom + 4], length: width - PAD.left, every: 60, whole: true }),
    axis('left', y, '', { at: [PAD.left - 4, 0], length: HEIGHT - PAD.top - PAD.bottom, every: 40 }),
    seriesLines(under, x, y, 's2'),
    seriesLines(over, x, y, 's1'),
  );
}
