import { h } from '../dom/dom.ts';

/** A button that copies a text and says so; where the browser does not let it, it shows the text to be copied by hand. */
export function copyButton(label: string, text: () => string | undefined | Promise<string | undefined>): HTMLElement {
  const said = (words: string) => {
    button.textContent = words;
    setTimeout(() => {
      button.textContent = label;
    }, 1500);
  };
  const button = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: async () => {
        const copied = await text();
        if (copied === undefined) said('Too much data for a link');
        else if (await copy(copied)) said('Copied');
        else byHand(host, copied);
      },
    },
    label,
  );
  const host = h('span', { class: 'copy', 'aria-live': 'polite' }, button);
  return host;
}

/** Browsers offer the clipboard to pages of https and of this machine only, and may refuse it; then the older way, which may fail too. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = h('textarea', { class: 'hidden' });
    area.value = text;
    document.body.append(area);
    area.select();
    const copied = document.execCommand('copy');
    area.remove();
    return copied;
  }
}

function byHand(host: HTMLElement, text: string): void {
  const area = h('textarea', { rows: 3, readonly: true, 'aria-label': 'Copy this by hand' });
  area.value = text;
  const close = h('button', { type: 'button', class: 'quiet', onclick: () => box.remove() }, 'Close');
  const box = h('div', { class: 'by-hand' }, 'The browser does not let the page copy. Copy this by hand:', area, close);
  host.querySelector('.by-hand')?.remove();
  host.append(box);
  area.select();
}
