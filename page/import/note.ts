import { effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { draft, taken, takenNote } from './take.ts';

/** What was read, with a button to change how. */
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
  host.replaceChildren(text, ' ', change);
  effect(() => {
    text.textContent = takenNote.value;
    host.hidden = taken.value === undefined;
  });
}
