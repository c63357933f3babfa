import { effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { key, useKey } from '../service/key.ts';
import { problem } from '../state/state.ts';

/** Asks for a key if the service requires one. */
export function mountKeyBanner(host: HTMLElement, tryAgain: () => void): void {
  const input = h('input', {
    id: 'key',
    type: 'password',
    autocomplete: 'off',
    required: true,
    'aria-describedby': 'key-error',
  });
  const error = h('span', { id: 'key-error', class: 'error', role: 'alert' });
  const form = h(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        useKey(input.value.trim());
        tryAgain();
      },
    },
    h('label', { for: 'key' }, 'This service requires a key.'),
    input,
    h('button', { type: 'submit' }, 'Use this key'),
    h('span', { class: 'hint' }, 'Kept until this tab is closed.'),
    error,
  );
  effect(() => {
    const asked = problem.value?.code === 'unauthorized';
    host.replaceChildren(...(asked ? [form] : []));
    host.hidden = !asked;
    error.textContent = asked && key.peek() !== undefined ? (problem.value?.detail ?? '') : '';
  });
}
