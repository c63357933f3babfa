import { effect, signal } from '@preact/signals-core';
import { groupOf } from '../data/metric-groups.ts';
import { h } from '../dom/dom.ts';
import { chooseMetric } from '../form/choose-metric.ts';
import { askAll, keepAllCurrent, type Row, rows, running, stopAsking } from '../state/all-metrics.ts';
import { capabilities, metricName } from '../state/state.ts';
import { directionOf } from './direction.ts';
import { formatted } from './formatted.ts';

const COLUMNS = {
  metric: { title: 'Metric', key: ({ metric }: Row) => metric.name },
  group: { title: 'Group', key: ({ metric }: Row) => groupOf(metric.name) },
  value: { title: 'Value', key: ({ value }: Row) => value ?? Number.POSITIVE_INFINITY },
  meaning: { title: 'Means', key: ({ metric }: Row) => kindOf(metric) },
  compute: { title: 'Computing', key: ({ compute }: Row) => compute ?? Number.POSITIVE_INFINITY },
} as const;
type Column = keyof typeof COLUMNS;

/** Every metric's value of the pair in one table that can be sorted; a name chooses its metric. */
export function mountAllMetrics(host: HTMLElement): void {
  const order = signal<{ readonly by: Column; readonly down: boolean }>({ by: 'group', down: false });
  const start = h('button', { type: 'button', onclick: () => (running.value ? stopAsking() : void askAll()) });
  const status = h('span', { class: 'hint', role: 'status' });
  const heads = Object.entries(COLUMNS).map(([name, { title }]) => head(name as Column, title, order));
  const body = h('tbody');
  const table = h(
    'div',
    { class: 'all-metrics', tabindex: 0, role: 'region', 'aria-labelledby': 'all-heading' },
    h('table', {}, h('thead', {}, h('tr', {}, ...heads)), body),
  );
  host.replaceChildren(h('div', { class: 'buttons' }, start, status), table);
  keepAllCurrent();
  effect(() => {
    const total = capabilities.value?.metrics.length ?? 0;
    start.textContent = running.value ? 'Stop' : `Compute all ${total}`;
    status.textContent = running.value
      ? `${rows.value.length} of ${total}`
      : 'Each with its parameters at their defaults.';
    table.hidden = rows.value.length === 0;
  });
  effect(() => {
    const { by, down } = order.value;
    const { key } = COLUMNS[by];
    const sorted = rows.value.toSorted((a, b) => {
      const [one, other] = [key(a), key(b)];
      return (one < other ? -1 : one > other ? 1 : 0) * (down ? -1 : 1);
    });
    body.replaceChildren(...sorted.map(line));
  });
}

/** Distance, similarity, or what else its values say, without the explanation. */
const kindOf = (metric: Row['metric']): string =>
  directionOf(metric, false)
    .replace(/:.*/, '')
    .replace(/^the smaller.*/, 'loss');

function head(name: Column, title: string, order: { value: { by: Column; down: boolean } }): HTMLElement {
  const cell = h(
    'th',
    { scope: 'col' },
    h(
      'button',
      {
        type: 'button',
        class: 'sort',
        onclick: () => {
          order.value = { by: name, down: order.value.by === name && !order.value.down };
        },
      },
      title,
    ),
  );
  effect(() => {
    const { by, down } = order.value;
    cell.setAttribute('aria-sort', by !== name ? 'none' : down ? 'descending' : 'ascending');
  });
  return cell;
}

function line({ metric, value, compute, wrong }: Row): HTMLElement {
  const choose = h('button', { type: 'button', class: 'quiet', onclick: () => chooseMetric(metric.name) }, metric.name);
  return h(
    'tr',
    { class: metric.name === metricName.peek() ? 'current' : undefined },
    h('th', { scope: 'row' }, choose),
    h('td', {}, groupOf(metric.name)),
    h('td', { class: 'number' }, value === undefined ? '–' : formatted(value)),
    h('td', {}, wrong ?? kindOf(metric)),
    h('td', { class: 'number' }, compute === undefined ? '' : `${compute.toFixed(2)} ms`),
  );
}
