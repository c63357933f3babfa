import { effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { normalisable } from '../state/query.ts';
import { view, zNormalise } from '../state/state.ts';

/** The switch for comparing shapes only: removes level and scale from every series. */
export function mountNormalise(host: HTMLElement): void {
  const input = h('input', {
    type: 'checkbox',
    id: 'z-normalise',
    'aria-describedby': 'z-normalise-hint',
    onchange: () => {
      zNormalise.value = input.checked;
    },
  });
  host.replaceChildren(
    h('label', { for: 'z-normalise', class: 'check' }, input, 'z-normalise'),
    h(
      'p',
      { class: 'hint', id: 'z-normalise-hint' },
      'Scales every channel of every series to mean 0 and standard deviation 1, so that only shapes are compared.',
    ),
  );
  effect(() => {
    const can = view.value !== 'neighbors' || normalisable.value;
    input.disabled = !can;
    input.checked = zNormalise.value && can;
  });
}
