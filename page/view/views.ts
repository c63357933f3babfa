import { effect } from '@preact/signals-core';
import { loadExample } from '../data/examples.ts';
import { h } from '../dom/dom.ts';
import { dataset, datasetStored, useExampleDataset } from '../state/dataset.ts';
import { exampleName, type View, view } from '../state/state.ts';

const names: Readonly<Record<View, string>> = {
  pair: 'One pair',
  matrix: 'A data set',
  neighbors: 'Nearest neighbours',
  search: 'A long series',
  stored: 'Stored data and jobs',
};

/** The choice of what the page is about; what belongs to another is hidden. */
export function mountViews(host: HTMLElement): void {
  const inputs = Object.entries(names).map(([value, label]) => {
    const input = h('input', {
      type: 'radio',
      name: 'view',
      value,
      onchange: () => {
        view.value = value as View;
      },
    });
    effect(() => {
      input.checked = view.value === value;
    });
    return h('label', {}, input, h('span', {}, label));
  });
  host.replaceChildren(h('div', { class: 'views', role: 'radiogroup', 'aria-label': 'View' }, ...inputs));
  effect(() => {
    for (const part of document.querySelectorAll<HTMLElement>('[data-view]'))
      part.hidden = !part.dataset.view?.split(' ').includes(view.value);
  });
  effect(() => {
    const needed = view.value !== 'pair' && view.value !== 'stored';
    if (!needed || dataset.peek().length > 0 || datasetStored.peek() !== undefined) return;
    const name = exampleName.peek();
    void loadExample(name).then((example) => useExampleDataset(name, example));
  });
}

/** Puts the focus where the figures of the view begin. */
export function focusFigures(): void {
  const headings = document.querySelectorAll<HTMLElement>('main h2[tabindex]');
  [...headings].find((heading) => heading.checkVisibility())?.focus();
}
