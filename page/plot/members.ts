import { effect } from '@preact/signals-core';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { channel } from '../data/series.ts';
import { svg } from '../dom/dom.ts';
import { between } from '../state/barycenter.ts';
import { matrixShown } from '../state/matrix.ts';
import { axis, unitOf } from './axes.ts';
import { figure } from './figure.ts';
import { extentOf } from './raster.ts';
import { widthSignal } from './size.ts';

const HEIGHT = 260;

/** The barycenter of the chosen group over its members, the first channel of each. */
export function mountMembers(host: HTMLElement): void {
  const available = widthSignal(host);
  effect(() => {
    const width = available.value;
    if (!between.value || !matrixShown.value || width === 0) return;
    const { series } = matrixShown.value;
    const { members, barycenter } = between.value;
    const lines = members.flatMap((k) => (series[k] ? [channel(series[k].values, 0)] : []));
    const middle = barycenter && channel(barycenter, 0);
    const steps = Math.max(...lines.map(({ length }) => length), middle?.length ?? 0);
    const x = scaleLinear([0, steps - 1], [56, width - 10]);
    const y = scaleLinear(extentOf(lines.flat()), [HEIGHT - 46, 10]).nice(5);
    const path = line<number>(
      (_, t) => x(t),
      (value) => y(value),
    );
    const sample = series[members[0]];
    host.replaceChildren(
      figure(
        width,
        HEIGHT,
        axis('bottom', x, sample?.step ?? 'time step', { at: [0, HEIGHT - 42], length: width - 66 }),
        axis('left', y, `${sample?.value ?? 'value'}${unitOf(y)}`, { at: [50, 0], length: HEIGHT - 56, every: 45 }),
        ...lines.map((values) => svg('path', { class: 'line member', d: path(values) ?? '' })),
        middle && svg('path', { class: 'line s2 barycenter', d: path(middle) ?? '' }),
      ),
    );
  });
}
