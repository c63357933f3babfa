import { effect, signal } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { takeFiles } from '../import/take.ts';
import { dataset, datasetFrom, datasetStored } from '../state/dataset.ts';
import { type Draft, draft, draftOf, nameFor, store } from '../state/stored.ts';
import { bytes } from './bytes.ts';

/** The media types of files whose first bytes leave a doubt. */
const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  ts: 'text/x-ts',
  json: 'application/json',
};

/** A file to be stored as it is: the service reads it. */
export function draftOfFile(file: File): Draft {
  const type = TYPES[file.name.split('.').at(-1)?.toLowerCase() ?? ''];
  return { name: nameFor(file.name), what: `${file.name}, ${bytes(file.size)}`, body: file, ...(type && { type }) };
}

/** Stores a file, or the data set on the page, under a name. */
export function mountUpload(host: HTMLElement): void {
  const said = signal<{ readonly text: string; readonly wrong: boolean } | undefined>(undefined);
  const file = h('input', {
    type: 'file',
    id: 'upload-file',
    'aria-describedby': 'upload-hint',
    onchange: () => {
      const [chosen] = file.files ?? [];
      if (chosen) draft.value = draftOfFile(chosen);
      file.value = '';
    },
  });
  const onPage = h('button', {
    type: 'button',
    class: 'quiet',
    onclick: () => {
      const count = dataset.peek().length;
      draft.value = draftOf(datasetFrom.peek() ?? 'data', `the ${count} series on the page`, dataset.peek());
    },
  });
  const name = h('input', { id: 'upload-name', type: 'text', required: true, maxlength: 128, spellcheck: 'false' });
  const what = h('p', { class: 'what' });
  const send = h('button', { type: 'submit', class: 'primary' }, 'Store');
  const form = h(
    'form',
    {
      onsubmit: async (event) => {
        event.preventDefault();
        const now = draft.peek();
        if (!now) return;
        send.disabled = true;
        said.value = { text: `Sending ${now.what} …`, wrong: false };
        const put = await store(name.value.trim(), now.body, now.type);
        send.disabled = false;
        if (!put.ok) {
          said.value = { text: put.problem.detail, wrong: true };
          return;
        }
        const { name: called, count, version, warnings = [] } = put.data;
        said.value = {
          text: [`Stored as ${called}: ${count} series, version ${version}.`, ...warnings].join(' '),
          wrong: false,
        };
        draft.value = undefined;
      },
    },
    what,
    h(
      'div',
      { class: 'row' },
      h('div', { class: 'field' }, h('label', { for: 'upload-name' }, 'Under the name'), name),
      send,
      h(
        'button',
        {
          type: 'button',
          class: 'quiet',
          onclick: () => {
            draft.value = undefined;
          },
        },
        'Cancel',
      ),
    ),
  );
  const status = h('p', { role: 'status', id: 'upload-status' });
  const read = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: () => {
        const { body } = draft.peek() ?? {};
        if (body instanceof File) void takeFiles([body], 'dataset');
      },
    },
    'Read it on the page instead: there each guess can be changed, and what was read can be stored',
  );
  host.replaceChildren(
    h('label', { for: 'upload-file' }, 'Store a file'),
    file,
    h(
      'p',
      { id: 'upload-hint', class: 'hint' },
      'JSON, .npy, .npz, .ts, Parquet, or .csv and .tsv with a class and a series per line. Or drop it here.',
    ),
    onPage,
    form,
    status,
    read,
  );
  effect(() => {
    form.hidden = draft.value === undefined;
    if (!draft.value) return;
    name.value = draft.value.name;
    what.textContent = `To be stored: ${draft.value.what}.`;
    said.value = undefined;
    name.focus();
  });
  effect(() => {
    status.textContent = said.value?.text ?? '';
    status.className = said.value?.wrong ? 'error' : 'note';
    read.hidden = !said.value?.wrong || !(draft.value?.body instanceof File);
  });
  effect(() => {
    onPage.hidden = dataset.value.length === 0 || datasetStored.value !== undefined;
    onPage.textContent = `Store the data set on the page (${dataset.value.length} series)`;
  });
}
