import { effect, type Signal } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { alignmentNote, mountAlignment, showGradient, showLinks, warp } from '../plot/alignment.ts';
import { zoom, zoomBy } from '../plot/frame.ts';
import { movesPoints } from '../plot/grab.ts';
import { mountHeatmap } from '../plot/heatmap.ts';
import { wanted } from '../plot/table.ts';
import { shown } from '../state/state.ts';
import { pairCsv, tableCsv } from './csv.ts';
import { saveButtons } from './export.ts';
import { mountLegend } from './legend.ts';
import { mountReadout } from './readout.ts';

/** The figures of a pair: the series with their matches, and the table with the path. */
export function mountFigures(alignment: HTMLElement, cost: HTMLElement): void {
  const series = h('div', { class: 'plot time', role: 'img' });
  const note = h('p', { class: 'note' });
  const [legend, channels] = [h('div', { class: 'key' }), h('div', { class: 'key channels' })];
  alignment.replaceChildren(
    h(
      'div',
      { class: 'figure-head' },
      legend,
      h(
        'div',
        { class: 'switches' },
        check('Matches', showLinks),
        check('Gradient', showGradient),
        check('Move points', movesPoints),
        zoomButtons(),
      ),
    ),
    channels,
    series,
    h('div', { class: 'under' }, note, warpSlider()),
    saveButtons(series, 'alignment', pairCsv),
  );
  mountAlignment(series);
  mountLegend(legend, channels);
  const cells = h('div', {
    class: 'plot',
    role: 'application',
    tabindex: 0,
    'aria-describedby': 'readout',
    'aria-label': 'Table of the pair: the arrow keys move the cross-hair',
  });
  const readout = h('p', { id: 'readout', class: 'note', 'aria-live': 'polite' });
  const tables = tableChoice();
  cost.replaceChildren(tables, cells, readout, saveButtons(cells, 'table', tableCsv));
  mountHeatmap(cells);
  mountReadout(cells, readout);
  effect(() => {
    note.textContent = alignmentNote.value;
  });
  effect(() => {
    if (!shown.value) return;
    const { s1, s2 } = shown.value;
    series.setAttribute('aria-label', `Two lines over time, ${s1.name} above ${s2.name}. ${alignmentNote.value}`);
  });
  let lengths = '';
  effect(() => {
    if (!shown.value) return;
    const now = `${shown.value.s1.values.length} ${shown.value.s2.values.length}`;
    if (now !== lengths) zoom.value = undefined; // other steps
    lengths = now;
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

/** Enlarges the middle of what is drawn; dragging across the figure does the same. */
function zoomButtons(): HTMLElement {
  const button = (text: string, label: string, onclick: () => void) =>
    h('button', { type: 'button', class: 'small', 'aria-label': label, title: label, onclick }, text);
  const all = button('All', 'Draw all steps', () => {
    zoom.value = undefined;
  });
  effect(() => {
    all.disabled = zoom.value === undefined;
  });
  return h(
    'span',
    { class: 'zoom', role: 'group', 'aria-label': 'Zoom' },
    button('−', 'Draw more steps', () => zoomBy(2)),
    button('+', 'Enlarge the middle (or drag across the figure)', () => zoomBy(0.5)),
    all,
  );
}

/** Moves the lines from step by step to the pairs of the alignment. */
function warpSlider(): HTMLElement {
  const input = h('input', {
    type: 'range',
    id: 'warp',
    min: 0,
    max: 1,
    step: 0.01,
    value: 1,
    oninput: () => {
      warp.value = input.valueAsNumber;
    },
  });
  const host = h(
    'div',
    { class: 'warp' },
    h('label', { for: 'warp' }, 'Straight'),
    input,
    h('span', { 'aria-hidden': 'true' }, 'Warped'),
  );
  effect(() => {
    input.setAttribute('aria-valuetext', `${Math.round(100 * warp.value)} % warped`);
    const { path, alignment } = shown.value?.answer ?? {};
    host.hidden = path === undefined && alignment === undefined;
  });
  return host;
}

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
