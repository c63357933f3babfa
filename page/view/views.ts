import { effect } from '@preact/signals-core';
import { loadExample } from '../data/examples.ts';
import { h } from '../dom/dom.ts';
import { dataset, useExampleDataset } from '../state/dataset.ts';
import { exampleName, view } from '../state/state.ts';

const names = { pair: 'One pair', matrix: 'A data set' } as const;

/** The choice between a pair and a data set; what belongs to the other is hidden. */
export function mountViews(host: HTMLElement): void {
  const inputs = Object.entries(names).map(([value, label]) => {
    const input = h('input', {
      type: 'radio',
      name: 'view',
      value,
      onchange: () => {
        view.value = value as keyof typeof names;
      },
    });
    effect(() => {
      input.checked = view.value === value;
    });
    return h('label', {}, input, h('span', {}, label));
  });
  host.replaceChildren(h('div', { class: 'views', role: 'radiogroup', 'aria-label': 'View' }, ...inputs));
  effect(() => {
    for (const name of Object.keys(names)) {
      for (const part of document.querySelectorAll<HTMLElement>(`[data-view="${name}"]`))
        part.hidden = view.value !== name;
    }
  });
  effect(() => {
    if (view.value !== 'matrix' || dataset.peek().length > 0) return;
    const name = exampleName.peek();
    void loadExample(name).then((example) => useExampleDataset(name, example));
  });
}
