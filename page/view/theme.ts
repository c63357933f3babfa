import { h } from '../dom/dom.ts';

const NAME = 'warpserve-theme';
const root = document.documentElement;

/** Light and dark: the system's choice, until the user makes another. */
export function mountTheme(host: HTMLElement): void {
  const kept = localStorage.getItem(NAME);
  if (kept) root.dataset.theme = kept;
  const button = h('button', {
    type: 'button',
    class: 'quiet',
    onclick: () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      localStorage.setItem(NAME, root.dataset.theme);
      name();
    },
  });
  const name = () => {
    button.textContent = isDark() ? 'Light' : 'Dark';
    button.setAttribute('aria-label', `Change to ${isDark() ? 'light' : 'dark'} colours`);
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', name);
  name();
  host.append(button);
}

const isDark = (): boolean =>
  root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
