import { effect, signal } from '@preact/signals-core';
import { byId, h } from '../dom/dom.ts';
import { key, useKey } from '../service/key.ts';

const refused = signal(false);

/** Learns whether the service asked for a key. */
export function told(status: number): void {
  refused.value = status === 401;
}

/** Asks for a key once the service wants one. */
export function mountKeyField(): void {
  const host = byId('key');
  const input = h('input', { id: 'api-key', type: 'password', autocomplete: 'off', required: true });
  const form = h(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault();
        useKey(input.value.trim());
        refused.value = false;
      },
    },
    h('label', { for: 'api-key' }, 'This service requires an API key.'),
    input,
    h('button', { type: 'submit' }, 'Use this key'),
    h('span', { class: 'hint' }, 'Kept until this tab is closed.'),
  );
  host.append(form);
  effect(() => {
    host.hidden = !refused.value && key.value === undefined;
    form.hidden = !refused.value;
    if (!refused.value) host.hidden = true;
  });
}
