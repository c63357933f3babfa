import { effect, signal } from '@preact/signals-core';
import { exampleTitles, loadExample } from '../data/examples.ts';
import { parseFile } from '../data/parse.ts';
import { ParseError } from '../data/parse-error.ts';
import { h } from '../dom/dom.ts';
import { errorLine, errorOf } from '../form/errors.ts';
import { dataset, datasetFrom, useDataset, useExampleDataset } from '../state/dataset.ts';

/** Where the series of the matrix come from. */
export function mountDatasetField(host: HTMLElement): void {
  const wrong = signal<string | undefined>(undefined);
  const own = h('option', { value: '', hidden: true }, 'your own');
  const select = h(
    'select',
    { id: 'dataset', onchange: async () => useExampleDataset(select.value, await loadExample(select.value)) },
    own,
    ...Object.entries(exampleTitles).map(([value, title]) => h('option', { value }, title)),
  );
  const file = h('input', {
    id: 'dataset-file',
    type: 'file',
    accept: '.csv,.txt,.json,.npy,.ts',
    'aria-describedby': 'dataset-hint dataset-error',
    onchange: async () => {
      const [chosen] = file.files ?? [];
      if (!chosen) return;
      try {
        wrong.value = undefined;
        useDataset(await parseFile(chosen, 'dataset'), chosen.name);
      } catch (error) {
        if (!(error instanceof ParseError)) throw error;
        wrong.value = error.message;
      }
    },
  });
  const count = h('p', { class: 'hint' });
  host.replaceChildren(
    h('div', { class: 'field' }, h('label', { for: 'dataset' }, 'Data set'), select, count),
    h(
      'div',
      { class: 'field' },
      h('label', { for: 'dataset-file' }, 'A file of your own: .csv, .json, .npy or .ts'),
      file,
      h('p', { id: 'dataset-hint', class: 'hint' }, 'One series to a row; lengths may differ. Or drop it on the page.'),
      errorLine(file, 'dataset-error', () => wrong.value ?? errorOf('dataset1')),
    ),
  );
  effect(() => {
    own.hidden = datasetFrom.value !== undefined;
    select.value = datasetFrom.value ?? '';
    count.textContent = `${dataset.value.length} series`;
  });
}
