import { h } from '../dom/dom.ts';

/** A button that asks once more before it does what cannot be taken back; `act` returns what went wrong. */
export function confirming(label: string, what: string, act: () => Promise<string | undefined>): HTMLElement {
  const wrong = h('span', { class: 'error', role: 'alert' });
  const ask = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      'aria-label': `${label} ${what}`,
      onclick: () => {
        host.replaceChildren(sure, keep);
        sure.focus();
      },
    },
    label,
  );
  const sure = h(
    'button',
    {
      type: 'button',
      class: 'danger',
      onclick: async () => {
        wrong.textContent = (await act()) ?? '';
        host.replaceChildren(ask, wrong);
      },
    },
    `${label} ${what}`,
  );
  const keep = h('button', { type: 'button', class: 'quiet', onclick: () => host.replaceChildren(ask) }, 'Keep');
  const host = h('span', { class: 'confirming' }, ask);
  return host;
}
