import type { Choices } from '../data/reading.ts';
import { freshId, h } from '../dom/dom.ts';
import type { Source } from './source.ts';

type Options = Readonly<Record<string, string>>;

/** The choices for reading a file, with a label for each value. */
const FIELDS = {
  delimiter: {
    label: 'Between values',
    options: { ',': 'comma', ';': 'semicolon', '\t': 'tab', ' ': 'spaces', '|': 'bar', '': 'nothing: one per line' },
  },
  decimal: { label: 'Decimal sign', options: { '.': 'point, 1.5', ',': 'comma, 1,5' } },
  header: { label: 'First line', options: { true: 'names', false: 'values' } },
  arrangement: {
    label: 'Series',
    options: {
      columns: 'one per column',
      rows: 'one per row',
      channels: 'one, columns are its channels',
      long: 'stacked, by name',
    },
  },
  layout: {
    label: 'Axes',
    options: { time_first: 'series, steps, channels', channels_first: 'series, channels, steps' },
  },
  gaps: {
    label: 'Missing values',
    options: { fill: 'filled in by interpolation', keep: 'kept: the service rejects them' },
  },
} as const satisfies Partial<Record<keyof Choices, { label: string; options: Options }>>;

/** A text can be split in any way, even if it could not be read. */
const OF_TEXT = ['delimiter', 'decimal', 'header', 'arrangement'] as const;

/** The fields that fit a source. `told` receives everything that is chosen. */
export function choiceFields({ reading, chosen, wrong }: Source, told: (chosen: Choices) => void): HTMLElement[] {
  const names = wrong
    ? OF_TEXT
    : (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).filter((name) => reading?.choices[name] !== undefined);
  return names.map((name) => {
    const { label, options } = FIELDS[name];
    const id = freshId(name);
    const now = reading?.choices[name] ?? chosen[name];
    const select = h(
      'select',
      {
        id,
        onchange: () => {
          const value = name === 'header' ? select.value === 'true' : select.value;
          // The columns change once lines are split differently.
          const { roles: _, ...rest } = chosen;
          told({ ...rest, [name]: value });
        },
      },
      ...(now === undefined ? [h('option', { value: '-', selected: true, disabled: true }, 'unknown')] : []),
      ...Object.entries(options).map(([value, text]) => h('option', { value, selected: String(now) === value }, text)),
    );
    return h('div', { class: 'field' }, h('label', { for: id }, label), select);
  });
}
