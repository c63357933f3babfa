import { effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { history } from '../state/history.ts';

/** Takes back what was chosen, and takes it again: the browser's Back and Forward, without leaving the page. */
export function mountUndo(host: HTMLElement): void {
  const undo = h('button', { type: 'button', class: 'quiet', onclick: () => window.history.back() }, 'Undo');
  const redo = h('button', { type: 'button', class: 'quiet', onclick: () => window.history.forward() }, 'Redo');
  host.append(undo, redo);
  effect(() => {
    undo.disabled = history.at.value === 0;
    redo.disabled = history.at.value >= history.last.value;
  });
  addEventListener('keydown', (event) => {
    const writes = (event.target as Element).closest(
      'textarea, input:not([type=checkbox], [type=radio], [type=range])',
    );
    if (writes || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const again = key === 'y' || (key === 'z' && event.shiftKey);
    if (key !== 'z' && !again) return;
    event.preventDefault();
    (again ? redo : undo).click();
  });
}
