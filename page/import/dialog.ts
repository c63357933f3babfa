import { effect } from '@preact/signals-core';
import { decode } from '../data/decode.ts';
import { h } from '../dom/dom.ts';
import { choiceFields } from './choice-fields.ts';
import { previewTable } from './preview-table.ts';
import { foundIn, type Source } from './source.ts';
import { draft, howRead, readAgain, useDraft } from './take.ts';
import { thumbnails } from './thumbnails.ts';
import { useFields } from './use-fields.ts';

/** How the files are read: every guess with its alternatives, and the result. */
export function mountImportDialog(): void {
  const body = h('div');
  const use = h('button', { type: 'button', class: 'primary', onclick: useDraft }, 'Use these series');
  const close = () => {
    draft.value = undefined;
  };
  const dialog = h(
    'dialog',
    { id: 'import', 'aria-labelledby': 'import-heading', onclose: close },
    h('h2', { id: 'import-heading' }, 'How it is read'),
    body,
    h('div', { class: 'buttons' }, use, h('button', { type: 'button', class: 'quiet', onclick: close }, 'Cancel')),
  );
  document.body.append(dialog);
  effect(() => {
    if (draft.value === undefined) {
      if (dialog.open) dialog.close();
      body.replaceChildren();
      return;
    }
    const { sources, destination } = draft.value;
    const found = foundIn(sources);
    const focused = positionOf(body);
    body.replaceChildren(
      ...sources.map((source, k) => sourceSection(source, k, sources.length > 1)),
      ...(found.length > 0
        ? [
            thumbnails(found),
            useFields(found, destination, (next) => {
              draft.value = { sources, destination: next };
            }),
          ]
        : []),
    );
    use.disabled = found.length === 0;
    if (!dialog.open) dialog.showModal();
    else focused?.();
  });
}

function sourceSection(source: Source, at: number, several: boolean): HTMLElement {
  const told = (chosen: Source['chosen']) => void readAgain(at, chosen);
  return h(
    'section',
    {},
    several && h('h3', {}, source.name),
    source.wrong !== undefined && h('p', { class: 'error', role: 'alert' }, source.wrong),
    source.reading &&
      h('p', { class: 'hint', role: 'status' }, `${several ? '' : `${source.name}: `}${howRead([source])}.`),
    h('div', { class: 'row' }, ...choiceFields(source, told)),
    source.reading ? previewTable(source, told) : firstLines(source),
  );
}

/** The text of a file that could not be read. */
function firstLines({ bytes }: Source): HTMLElement | false {
  const text = decode(bytes.subarray(0, 2000));
  if (text.includes('\0')) return false;
  return h(
    'pre',
    { tabindex: 0, 'aria-label': 'The first lines of the file' },
    text.split('\n').slice(0, 12).join('\n'),
  );
}

/** Restores the focus in a form that was rebuilt. */
function positionOf(body: HTMLElement): (() => void) | undefined {
  const fields = () => [...body.querySelectorAll<HTMLElement>('select, input')];
  const at = fields().indexOf(document.activeElement as HTMLElement);
  return at < 0 ? undefined : () => fields()[at]?.focus();
}
