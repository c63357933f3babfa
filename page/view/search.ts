import { batch, computed, effect } from '@preact/signals-core';
import { ownSample } from '../data/series.ts';
import { h } from '../dom/dom.ts';
import { foundIn, sourceOfFile } from '../import/source.ts';
import { overlay } from '../plot/overlay.ts';
import { mountSearch as mountPlot, stepAt } from '../plot/search.ts';
import { widthSignal } from '../plot/size.ts';
import { dataset, datasetStored } from '../state/dataset.ts';
import {
  long,
  longChosen,
  type Match,
  matchCount,
  partOf,
  searching,
  searchShown,
  searchStored,
  sought,
  soughtPart,
} from '../state/search.ts';
import { metricName, s1, s2, view } from '../state/state.ts';
import { csvOfRows } from './csv.ts';
import { drawingPad } from './drawing-pad.ts';
import { saveButtons } from './export.ts';
import { formatted } from './formatted.ts';
import { focusFigures } from './views.ts';

/** What is under the pointer in the long series, in words. */
export const searchReadout = computed(() => {
  const [at, series] = [stepAt.value, long.value];
  if (at === undefined || !series || at >= series.values.length) return undefined;
  const curve = searchShown.value?.long === series ? searchShown.value.curve?.[at] : undefined;
  const rank = searchShown.value?.matches.findIndex(({ start, end }) => at >= start && at <= end) ?? -1;
  const value = series.values[at];
  const words = [
    `step ${at} = ${typeof value === 'number' ? formatted(value) : `[${value?.map(formatted).join(', ')}]`}`,
  ];
  if (curve !== undefined && Number.isFinite(curve)) words.push(`best match that ends here ${formatted(curve)}`);
  if (rank >= 0) words.push(`in match ${rank + 1}`);
  return words.join(' · ');
});

/** A long series, where a part of it or a drawing occurs again, and how well it matches everywhere. */
export function mountSearch(host: HTMLElement, matchesHost: HTMLElement): void {
  const plot = h('div', { class: 'plot time', role: 'img' });
  const note = h('p', { class: 'note' });
  const says = h('p', { class: 'note', role: 'status', id: 'search-note' });
  host.replaceChildren(plot, note, saveButtons(plot, 'search', curveCsv));
  mountPlot(plot);
  effect(() => {
    note.textContent =
      searchReadout.value ??
      'Drag across a part of the series to look for it. Grey: what is looked for; coloured: its matches.';
  });
  const list = h('ol', { class: 'found' });
  matchesHost.replaceChildren(says, list);
  const width = widthSignal(list);
  effect(() => {
    const now = searchShown.value;
    if (!now || width.value === 0) return;
    const other = searching.value !== metricName.value ? `, since ${metricName.value} has no search` : '';
    const { length } = now.matches;
    const words = [
      `The ${length === 1 ? 'best match' : `${length} best matches`} of ${now.query.name} in ${now.long.name} under ${searching.value}${other}; no two share a step.`,
      !now.curve && 'So much is not drawn as a curve.',
    ];
    says.textContent = words.filter(Boolean).join(' ');
    plot.setAttribute('aria-label', says.textContent);
    const across = Math.max(1, Math.floor((width.value + 24) / 294));
    const each = Math.floor((width.value - 24 * (across - 1)) / across);
    list.replaceChildren(...now.matches.map((match, rank) => item(match, rank, each)));
  });
}

function item(match: Match, rank: number, width: number): HTMLElement {
  const { long: series, query } = searchShown.peek() ?? {};
  const { start, end, value } = match;
  const found = series && partOf(series, [start, end]);
  const name = `steps ${start} to ${end}`;
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        'aria-label': `${rank + 1}. ${name}: open the pair`,
        onclick: () => open(match),
      },
      `${rank + 1}. ${name}`,
    ),
    h('span', { class: 'number' }, formatted(value)),
    h(
      'div',
      { class: 'plot', role: 'img', 'aria-label': `${name}, and the query over it` },
      found && query && overlay(found, query, width),
    ),
  );
}

/** Shows the query and a match as the pair. */
function open({ start, end }: Match): void {
  const { long: series, query } = searchShown.peek() ?? {};
  if (!series || !query) return;
  const own = ({ values, name }: typeof query) => ownSample(values, name);
  batch(() => {
    s1.value = own(query);
    s2.value = own(partOf(series, [start, end]));
    view.value = 'pair';
  });
  focusFigures();
}

/** Series that are in the store only are told from others by this. */
const STORED = 'stored:';
/** More series than this are too many to choose from. */
const OFFERED = 200;

/** Which series is searched for what, and how many matches are wanted. */
export function mountSearchField(host: HTMLElement): void {
  const which = h('select', {
    id: 'long',
    onchange: () => {
      const { value } = which;
      if (value.startsWith(STORED)) {
        void searchStored(Number(value.slice(STORED.length)));
        return;
      }
      const chosen = value === 's1' ? s1.peek() : value === 's2' ? s2.peek() : dataset.peek()[Number(value)];
      batch(() => {
        longChosen.value = value === 'all' ? undefined : chosen;
        soughtPart.value = undefined;
        sought.value = undefined;
      });
    },
  });
  const wrong = h('p', { class: 'error', role: 'alert', id: 'long-error' });
  const file = h('input', {
    id: 'long-file',
    type: 'file',
    'aria-describedby': 'long-error',
    onchange: async () => {
      const [chosen] = file.files ?? [];
      if (!chosen) return;
      const source = await sourceOfFile(chosen, 'series');
      const [first] = foundIn([source]);
      wrong.textContent = source.wrong ?? '';
      file.value = '';
      if (!first) return;
      batch(() => {
        longChosen.value = ownSample(first.values, first.name ?? chosen.name);
        soughtPart.value = undefined;
        sought.value = undefined;
      });
    },
  });
  const count = h('input', {
    id: 'match-count',
    type: 'number',
    min: 1,
    max: 100,
    value: matchCount.value,
    oninput: () => {
      if (count.valueAsNumber >= 1) matchCount.value = Math.min(100, Math.floor(count.valueAsNumber));
    },
  });
  const draw = (values: number[]) =>
    batch(() => {
      soughtPart.value = undefined;
      sought.value = ownSample(values, 'a drawing');
    });
  host.replaceChildren(
    h('div', { class: 'field' }, h('label', { for: 'long' }, 'Searched series'), which),
    h('div', { class: 'field' }, h('label', { for: 'long-file' }, 'Or a file with a long series'), file, wrong),
    h('div', { class: 'field' }, h('label', { for: 'match-count' }, 'Matches'), count),
    h(
      'details',
      {},
      h('summary', {}, 'Draw what to look for'),
      drawingPad('query', draw),
      h('p', { class: 'hint' }, 'Best with z-normalise, as a drawing has no units.'),
    ),
  );
  effect(() => {
    const chosen = longChosen.value;
    const series = dataset.value;
    const at = series.indexOf(chosen as (typeof series)[number]);
    const known = { s1: s1.value, s2: s2.value };
    const own = chosen !== undefined && at < 0 && chosen !== known.s1 && chosen !== known.s2;
    // A data set that the page does not hold has no series here.
    const distant = series.length === 0 ? datasetStored.value : undefined;
    const members = distant
      ? Array.from(
          { length: Math.min(OFFERED, distant.count) },
          (_, k) => [`${STORED}${k}`, `${distant.name} ${k}`] as const,
        )
      : series.slice(0, OFFERED).map(({ name }, k) => [String(k), name] as const);
    which.replaceChildren(
      h('option', { value: 'own', hidden: !own }, chosen?.name ?? ''),
      ...(distant ? [] : [h('option', { value: 'all' }, 'the data set, one after another')]),
      h('option', { value: 's1' }, `s1, ${known.s1?.name ?? ''}`),
      h('option', { value: 's2' }, `s2, ${known.s2?.name ?? ''}`),
      h('optgroup', { label: 'The data set' }, ...members.map(([value, name]) => h('option', { value }, name))),
    );
    which.value = !chosen
      ? 'all'
      : chosen === known.s1
        ? 's1'
        : chosen === known.s2
          ? 's2'
          : at >= 0
            ? String(at)
            : 'own';
  });
}

/** The long series, its matching curve, and which match each step is in. */
function curveCsv(): string | undefined {
  const now = searchShown.value;
  if (!now) return undefined;
  const rank = (t: number) => now.matches.findIndex(({ start, end }) => t >= start && t <= end) + 1;
  const rows = now.long.values.map((row, t) => [
    t,
    ...(typeof row === 'number' ? [row] : row),
    now.curve && Number.isFinite(now.curve[t]) ? (now.curve[t] as number) : '',
    rank(t) || '',
  ]);
  const [first] = now.long.values;
  const names = typeof first === 'number' ? ['value'] : (first ?? []).map((_, c) => `value_${c}`);
  return csvOfRows([['step', ...names, 'distance', 'match'], ...rows]);
}
