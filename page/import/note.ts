import { effect, signal } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { capabilities, view } from '../state/state.ts';
import { draftOf, draft as toStore } from '../state/stored.ts';
import { beingRead, stopReading } from './reader.ts';
import { foundIn } from './source.ts';
import { draft, taken, takenNote } from './take.ts';

/** A file that takes longer, in milliseconds, is announced. */
const SOON = 150;

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
  const cancel = h('button', { type: 'button', onclick: stopReading }, 'Cancel');
  host.replaceChildren(text, ' ', change, ' ', keep, ' ', cancel);
  const long = signal(false);
  effect(() => {
    const { length } = beingRead.value;
    long.value = false;
    if (length === 0) return;
    const timer = setTimeout(() => {
      long.value = true;
    }, SOON);
    return () => clearTimeout(timer);
  });
  effect(() => {
    const busy = long.value;
    text.textContent = busy ? `Reading ${beingRead.value.join(', ')} …` : takenNote.value;
    host.hidden = !busy && taken.value === undefined;
    cancel.hidden = !busy;
    change.hidden = busy;
    keep.hidden = busy || !capabilities.value?.store || foundIn(taken.value?.sources ?? []).length === 0;
  });
}
