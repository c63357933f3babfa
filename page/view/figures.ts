import { effect, type Signal } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { alignmentNote, mountAlignment, showGradient, showLinks } from '../plot/alignment.ts';
import { mountHeatmap } from '../plot/heatmap.ts';
import { wanted } from '../plot/table.ts';
import { shown } from '../state/state.ts';
import { mountReadout } from './readout.ts';

/** The figures of a pair: the series with their matches, and the table with the path. */
export function mountFigures(alignment: HTMLElement, cost: HTMLElement): void {
  const series = h('div', { class: 'plot', role: 'img' });
  const note = h('p', { class: 'note' });
  const legend = h('div', { class: 'key' });
  alignment.replaceChildren(
    h(
      'div',
      { class: 'figure-head' },
      legend,
      h('div', { class: 'switches' }, check('Matches', showLinks), check('Gradient', showGradient)),
    ),
    series,
    note,
  );
  mountAlignment(series);
  const cells = h('div', {
    class: 'plot',
    role: 'application',
    tabindex: 0,
    'aria-describedby': 'readout',
    'aria-label': 'Table of the pair: the arrow keys move the cross-hair',
  });
  const readout = h('p', { id: 'readout', class: 'note', 'aria-live': 'polite' });
  const tables = tableChoice();
  cost.replaceChildren(tables, cells, readout);
  mountHeatmap(cells);
  mountReadout(cells, readout);
  effect(() => {
    note.textContent = alignmentNote.value;
  });
  effect(() => {
    if (!shown.value) return;
    const { s1, s2 } = shown.value;
    legend.replaceChildren(
      h('span', {}, h('span', { class: 'swatch s1' }), h('code', {}, 's1'), ` ${s1.name}`),
      h('span', {}, h('span', { class: 'swatch s2' }), h('code', {}, 's2'), ` ${s2.name}`),
    );
    series.setAttribute('aria-label', `Two lines over time, ${s1.name} above ${s2.name}. ${alignmentNote.value}`);
  });
}

const check = (label: string, on: Signal<boolean>): HTMLElement =>
  h(
    'label',
    {},
    h('input', {
      type: 'checkbox',
      checked: on.value,
      onchange: ({ target }) => {
        on.value = (target as HTMLInputElement).checked;
      },
    }),
    label,
  );

/** Which table, for metrics that have both. */
function tableChoice(): HTMLElement {
  const options = { alignment: 'Soft alignment', distance: 'Distances' } as const;
  const inputs = Object.entries(options).map(([value, label]) =>
    h(
      'label',
      {},
      h('input', {
        type: 'radio',
        name: 'table',
        value,
        checked: value === wanted.value,
        onchange: () => {
          wanted.value = value as keyof typeof options;
        },
      }),
      h('span', {}, label),
    ),
  );
  const group = h('div', { class: 'tabs', role: 'radiogroup', 'aria-label': 'Table' }, ...inputs);
  effect(() => {
    group.hidden = shown.value?.answer?.alignment === undefined;
  });
  return group;
}
