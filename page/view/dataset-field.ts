import { effect } from '@preact/signals-core';
import { exampleTitles, loadExample } from '../data/examples.ts';
import { h } from '../dom/dom.ts';
import { errorLine, errorOf } from '../form/errors.ts';
import { takeFiles } from '../import/take.ts';
import { dataset, datasetFrom, datasetOf, datasetStored, useExampleDataset } from '../state/dataset.ts';
import { capabilities, problem, view } from '../state/state.ts';
import { listStored, openStored, stored } from '../state/stored.ts';

/** Stored data sets are told from examples by this. */
const STORED = 'stored:';

/** Where the series of a data set come from: an example, the store of the service, files. */
export function mountDatasetField(host: HTMLElement): void {
  const own = h('option', { value: '', hidden: true }, 'your own');
  const kept = h('optgroup', { label: 'Stored on the service', hidden: true });
  const select = h(
    'select',
    { id: 'dataset', onchange: () => void choose(select.value) },
    own,
    h(
      'optgroup',
      { label: 'Examples' },
      ...Object.entries(exampleTitles).map(([value, title]) => h('option', { value }, title)),
    ),
    kept,
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
    if (view.value !== 'pair' && capabilities.value?.store && stored.peek() === undefined) void listStored();
  });
  effect(() => {
    const names = (stored.value ?? []).map(({ name }) => name);
    const used = datasetStored.value?.name;
    const all = used === undefined || names.includes(used) ? names : [used, ...names];
    kept.replaceChildren(...all.map((name) => h('option', { value: `${STORED}${name}` }, name)));
    kept.hidden = all.length === 0;
    own.hidden = datasetFrom.value !== undefined || used !== undefined;
    select.value = used === undefined ? (datasetFrom.value ?? '') : `${STORED}${used}`;
  });
  effect(() => {
    const { length } = dataset.value;
    count.textContent = datasetOf.value
      ? `The first ${length} of ${datasetOf.value} series: a larger matrix would be unreadable.`
      : `${datasetStored.value?.count ?? length} series`;
  });
}

async function choose(value: string): Promise<void> {
  if (!value.startsWith(STORED)) {
    useExampleDataset(value, await loadExample(value));
    return;
  }
  const set = stored.peek()?.find(({ name }) => name === value.slice(STORED.length));
  problem.value = set && (await openStored(set));
}
