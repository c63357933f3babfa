import { effect } from '@preact/signals-core';
import { exampleTitles, loadExample } from '../data/examples.ts';
import { h } from '../dom/dom.ts';
import { errorLine, errorOf } from '../form/errors.ts';
import { takeFiles } from '../import/take.ts';
import { dataset, datasetFrom, datasetOf, useExampleDataset } from '../state/dataset.ts';

/** Where the series of the matrix come from. */
export function mountDatasetField(host: HTMLElement): void {
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
    multiple: true,
    'aria-describedby': 'dataset-hint dataset-error',
    onchange: async () => {
      await takeFiles([...(file.files ?? [])], 'dataset');
      file.value = '';
    },
  });
  const count = h('p', { class: 'hint' });
  host.replaceChildren(
    h('div', { class: 'field' }, h('label', { for: 'dataset' }, 'Data set'), select, count),
    h(
      'div',
      { class: 'field' },
      h('label', { for: 'dataset-file' }, 'Your own files: CSV, JSON, .npy, .npz, .ts, Parquet'),
      file,
      h('p', { id: 'dataset-hint', class: 'hint' }, 'Lengths may differ. Or drop them on the page.'),
      errorLine(file, 'dataset-error', () => errorOf('dataset1')),
    ),
  );
  effect(() => {
    own.hidden = datasetFrom.value !== undefined;
    select.value = datasetFrom.value ?? '';
    const { length } = dataset.value;
    count.textContent = datasetOf.value
      ? `The first ${length} of ${datasetOf.value} series: a larger matrix would be unreadable.`
      : `${length} series`;
  });
}
