import { computed, effect, signal } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { key } from '../service/key.ts';
import { base } from '../service/service.ts';
import { current } from '../state/current.ts';
import { type Language, languages, written } from './copy.ts';
import { copyButton } from './copy-button.ts';

/** More of a text than this is shortened on the screen; the copy is whole. */
const SHOWN = 4000;

/** The request on the screen, to copy. */
export function mountRequest(host: HTMLElement): void {
  const language = signal<Language>('curl');
  const text = computed(() => {
    const shown = current.value?.request.value;
    return shown && written(language.value, shown, base, key.value !== undefined);
  });
  const code = h('code');
  host.replaceChildren(
    h(
      'div',
      { class: 'tabs', role: 'radiogroup', 'aria-label': 'Language' },
      ...languages.map((name) =>
        h(
          'label',
          {},
          h('input', {
            type: 'radio',
            name: 'language',
            value: name,
            checked: name === 'curl',
            onchange: () => {
              language.value = name;
            },
          }),
          h('span', {}, name),
        ),
      ),
      copyButton('Copy the request', () => text.value ?? ''),
    ),
    h('pre', { tabindex: 0, 'aria-label': 'The request', id: 'request' }, code),
  );
  effect(() => {
    host.parentElement?.classList.toggle('nothing', text.value === undefined);
  });
  let timer = 0;
  effect(() => {
    const whole = text.value ?? '';
    clearTimeout(timer);
    // Not at each movement of a slider: text is slow to lay out.
    timer = window.setTimeout(() => {
      code.textContent = whole.length > SHOWN ? `${whole.slice(0, SHOWN / 2)} … ${whole.slice(-SHOWN / 2)}` : whole;
    }, 80);
  });
}
