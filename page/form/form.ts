import { effect, untracked } from '@preact/signals-core';
import { grouped } from '../data/metric-groups.ts';
import { freshId, h } from '../dom/dom.ts';
import { prose } from '../dom/prose.ts';
import { be, capabilities, type Metric, metric, metricName } from '../state/state.ts';
import { chooseMetric, propertiesOf } from './choose-metric.ts';
import { field } from './field.ts';

/** Parameters that form a group of their own. */
const CONSTRAINT = ['global_constraint', 'sakoe_chiba_radius', 'itakura_max_slope'];
/** Parameters that apply to one backend only. */
const ONLY_ON: Readonly<Record<string, string>> = { compute_with_backend: 'tfjs' };

/** The form: metric, backend and parameters, all from GET /capabilities. */
export function mountForm(host: HTMLElement, fields: HTMLElement): void {
  const metricSelect = h('select', {
    id: 'metric',
    'aria-describedby': 'metric-summary',
    onchange: () => chooseMetric(metricSelect.value),
  });
  const beSelect = h('select', {
    id: 'be',
    onchange: () => {
      be.value = beSelect.value;
    },
  });
  const about = h('div', { id: 'metric-summary', class: 'about' });
  host.replaceChildren(
    h('div', { class: 'field' }, h('label', { for: 'metric' }, 'Metric'), metricSelect),
    about,
    h('div', { class: 'field' }, h('label', { for: 'be' }, 'Backend'), beSelect),
  );
  effect(() => {
    const groups = grouped(capabilities.value?.metrics ?? []).map(([label, metrics]) =>
      h('optgroup', { label }, ...metrics.map(({ name, title }) => h('option', { value: name }, `${name} · ${title}`))),
    );
    metricSelect.replaceChildren(...groups);
  });
  effect(() => {
    metricSelect.value = capabilities.value ? metricName.value : '';
  });
  effect(() => {
    const { value: now } = metric;
    if (!now) return;
    about.replaceChildren(
      h('p', {}, ...prose(now.summary)),
      h('p', { class: 'formula' }, h('code', {}, now.formula)),
      h('p', { class: 'source' }, now.source),
    );
    const dtypes = new Map(capabilities.value?.backends.map(({ name, dtype }) => [name, dtype]));
    beSelect.replaceChildren(
      ...now.backends.map((name) => h('option', { value: name }, `${name} · ${dtypes.get(name)}`)),
    );
    beSelect.value = be.value;
  });
  effect(() => {
    const { value: now } = metric;
    const backend = be.value;
    if (now) fields.replaceChildren(...untracked(() => groups(now, backend)));
  });
}

function groups(now: Metric, backend: string): HTMLElement[] {
  const entries = Object.entries(propertiesOf(now)).filter(([name]) => (ONLY_ON[name] ?? backend) === backend);
  const made = (constraint: boolean) =>
    entries
      .filter(([name]) => CONSTRAINT.includes(name) === constraint)
      .map(([name, property]) => field(name, property));
  return [group('For this metric', made(false)), group('Constraint', made(true))].filter((one) => one !== undefined);
}

function group(title: string, fields: HTMLElement[]): HTMLElement | undefined {
  if (fields.length === 0) return undefined;
  const id = freshId('group');
  return h('div', { role: 'group', 'aria-labelledby': id, class: 'group' }, h('h3', { id }, title), ...fields);
}
