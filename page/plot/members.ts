import { effect } from '@preact/signals-core';
import { channel, type Sample, type Series } from '../data/series.ts';
import { between } from '../state/barycenter.ts';
import { matrixShown } from '../state/matrix.ts';
import { chart } from './chart.ts';
import { widthSignal } from './size.ts';

/** The barycenter of the chosen group over its members, the first channel of each. */
export function mountMembers(host: HTMLElement): void {
  const available = widthSignal(host);
  effect(() => {
    const width = available.value;
    if (!between.value || !matrixShown.value || width === 0) return;
    const { series } = matrixShown.value;
    const { members, barycenter } = between.value;
    const samples = members.flatMap((k) => series[k] ?? []);
    host.replaceChildren(membersChart(samples, barycenter, width));
  });
}

/** A barycenter over its members, the first channel of each. */
export function membersChart(members: readonly Sample[], barycenter: Series | undefined, width: number): SVGSVGElement {
  const [sample] = members;
  const lines = members.map(({ values }) => ({ values: channel(values, 0), name: 'member' }));
  const middle = barycenter ? [{ values: channel(barycenter, 0), name: 's2 barycenter' }] : [];
  return chart([...lines, ...middle], width, { x: sample?.step ?? 'time step', y: sample?.value ?? 'value' });
}
