import { effect, signal } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { thumbnails } from '../import/thumbnails.ts';
import { problem, type View, view } from '../state/state.ts';
import { deleteStored, openStored, type StoredDataset, stored, storedSeries } from '../state/stored.ts';
import { bytes } from './bytes.ts';
import { confirming } from './confirming.ts';

/** So many series are shown of a data set that is looked into. */
const SHOWN = 6;
/** So many classes are named. */
const CLASSES = 8;

/** The stored data sets: what each is, its first series, and what can be done with it. */
export function mountStoredList(host: HTMLElement): void {
  const list = h('ul', { class: 'stored', 'aria-label': 'Stored data sets' });
  const none = h('p', { class: 'note' }, 'Nothing is stored yet.');
  host.replaceChildren(none, list);
  /** Rows by what they show, so that one that is open stays open when the list is fetched again. */
  let rows = new Map<string, HTMLElement>();
  effect(() => {
    const found = stored.value ?? [];
    none.hidden = stored.value === undefined || found.length > 0;
    rows = new Map(
      found.map((set) => {
        const key = `${set.name} ${set.version} ${set.digest}`;
        return [key, rows.get(key) ?? item(set)] as const;
      }),
    );
    const now = [...rows.values()];
    if (now.length !== list.children.length || now.some((row, k) => row !== list.children[k]))
      list.replaceChildren(...now);
  });
}

function item(set: StoredDataset): HTMLElement {
  const wrong = h('p', { class: 'error', role: 'alert' });
  const use = (label: string, where: View) =>
    h(
      'button',
      {
        type: 'button',
        'aria-label': `${label} of ${set.name}`,
        onclick: async () => {
          const failure = await openStored(set);
          wrong.textContent = failure?.detail ?? '';
          if (failure) return;
          problem.value = undefined;
          view.value = where;
        },
      },
      label,
    );
  return h(
    'li',
    {},
    h('h3', {}, set.name),
    h('p', { class: 'facts' }, facts(set)),
    h(
      'div',
      { class: 'buttons' },
      use('Matrix', 'matrix'),
      use('Nearest neighbours', 'neighbors'),
      use('Search', 'search'),
      confirming('Delete', set.name, async () => {
        const gone = await deleteStored(set.name);
        return gone.ok ? undefined : gone.problem.detail;
      }),
    ),
    inside(set),
    wrong,
  );
}

function facts({ count, d, lengths, labels, bytes: size, created }: StoredDataset): string {
  const { min, max } = lengths;
  const classes = Object.keys(labels ?? {}).length;
  const parts = [
    `${count} series`,
    min === max ? `${min} steps` : `${min} to ${max} steps`,
    d > 1 && `${d} channels`,
    classes > 1 && `${classes} classes`,
    bytes(size),
    new Date(created).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Its first series and its classes, fetched when they are looked at. */
function inside(set: StoredDataset): HTMLElement {
  const asked = signal(false);
  const pictures = h('div');
  const more = Object.entries(set.labels ?? {});
  const named = more.slice(0, CLASSES).map(([label, count]) => `${label} (${count})`);
  const details = h(
    'details',
    {
      ontoggle: () => {
        if (details.open) asked.value = true;
      },
    },
    h('summary', { 'aria-label': `Look inside ${set.name}` }, 'Look inside'),
    pictures,
    named.length > 0 &&
      h(
        'p',
        { class: 'hint' },
        `Classes: ${named.join(', ')}${more.length > CLASSES ? ` and ${more.length - CLASSES} more` : ''}.`,
      ),
    h('p', { class: 'hint' }, `Version ${set.version}, `, h('code', {}, set.digest)),
  );
  effect(() => {
    if (!asked.value) return;
    const first = Array.from({ length: Math.min(SHOWN, set.count) }, (_, k) => storedSeries(set, k));
    void Promise.all(first).then((found) => {
      pictures.replaceChildren(thumbnails(found.filter((one) => one !== undefined)));
    });
  });
  return details;
}
