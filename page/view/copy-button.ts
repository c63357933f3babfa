import { h } from '../dom/dom.ts';

/** A button that copies a text and says so. */
export function copyButton(label: string, text: () => string | Promise<string>): HTMLElement {
  const button = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: async () => {
        await copy(await text());
        button.textContent = 'Copied';
        setTimeout(() => {
          button.textContent = label;
        }, 1500);
      },
    },
    label,
  );
  return h('span', { class: 'copy', 'aria-live': 'polite' }, button);
}

/** Browsers offer the clipboard to pages of https and of this machine only; to others, the older way. */
async function copy(text: string): Promise<void> {
  if (navigator.clipboard) return await navigator.clipboard.writeText(text);
  const area = h('textarea', { class: 'hidden' });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
