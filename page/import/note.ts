import { effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { capabilities, view } from '../state/state.ts';
import { draftOf, draft as toStore } from '../state/stored.ts';
import { foundIn } from './source.ts';
import { draft, taken, takenNote } from './take.ts';

/** What was read, with a button to change how, and one to store it. */
export function mountTakenNote(host: HTMLElement): void {
  const text = h('span', { role: 'status', id: 'drop-note' });
  const change = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: () => {
        draft.value = taken.peek();
      },
    },
    'Change how it is read',
  );
  const keep = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: () => {
        const { sources } = taken.peek() ?? {};
        if (!sources) return;
        const found = foundIn(sources);
        const what = `${found.length} series of ${sources.map(({ name }) => name).join(', ')}, as the page read them`;
        toStore.value = draftOf(sources[0]?.name ?? '', what, found);
        view.value = 'stored';
      },
    },
    'Store it on the service',
  );
  host.replaceChildren(text, ' ', change, ' ', keep);
  effect(() => {
    keep.hidden = !capabilities.value?.store || foundIn(taken.value?.sources ?? []).length === 0;
  });
  effect(() => {
    text.textContent = takenNote.value;
    host.hidden = taken.value === undefined;
  });
}
