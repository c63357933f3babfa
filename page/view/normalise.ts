import { effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { zNormalise } from '../state/state.ts';

/** The switch that compares shapes alone: level and scale taken out of every series. */
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
      'Each series, and each channel, with mean 0 and deviation 1: shapes alone are compared.',
    ),
  );
  effect(() => {
    input.checked = zNormalise.value;
  });
}
