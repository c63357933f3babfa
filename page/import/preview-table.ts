import { type Choices, ROLES, type Role } from '../data/reading.ts';
import { h } from '../dom/dom.ts';
import type { Source } from './source.ts';

/** How many columns are shown. */
const COLUMNS = 8;

const WORDS: Readonly<Record<Role, string>> = {
  value: 'values',
  time: 'time',
  name: 'name',
  class: 'class',
  unused: 'not used',
};

/** The first lines of a table as they were read, with what each column is. `told` receives everything that is chosen. */
export function previewTable({ reading, chosen }: Source, told: (chosen: Choices) => void): HTMLElement | undefined {
  const { preview, choices } = reading ?? {};
  const roles = choices?.roles;
  if (!preview || !roles) return undefined;
  const shown = preview.names.slice(0, COLUMNS);
  const more = preview.names.length - shown.length;
  const role = (name: string, k: number) => {
    const select = h(
      'select',
      {
        'aria-label': `what column ${k + 1}${name && `, ${name},`} is`,
        onchange: () => told({ ...chosen, roles: roles.map((one, at) => (at === k ? (select.value as Role) : one)) }),
      },
      ...ROLES.map((one) => h('option', { value: one, selected: roles[k] === one }, WORDS[one])),
    );
    return h('td', { class: roles[k] === 'value' ? 'used' : 'left-out' }, select);
  };
  return h(
    'div',
    { class: 'preview', tabindex: 0, role: 'region', 'aria-label': 'The first lines as they were read' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        preview.names.some(Boolean) && h('tr', {}, ...shown.map((name) => h('th', { scope: 'col' }, name))),
        h('tr', {}, ...shown.map(role)),
      ),
      h(
        'tbody',
        {},
        ...preview.rows.map((row) =>
          h(
            'tr',
            {},
            ...shown.map((_, k) =>
              h('td', { class: roles[k] === 'value' ? 'used' : 'left-out' }, String(row[k] ?? '').slice(0, 24)),
            ),
          ),
        ),
      ),
    ),
    h(
      'p',
      { class: 'hint' },
      `${preview.height} ${preview.height === 1 ? 'line' : 'lines'}${more > 0 ? `, ${more} more columns` : ''}.`,
    ),
  );
}
