import { computed, effect, signal } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { key } from '../service/key.ts';
import { base } from '../service/service.ts';
import { current } from '../state/current.ts';
import type { Request } from '../state/state.ts';
import { type Language, languages, written } from './copy.ts';
import { copyButton } from './copy-button.ts';

/** More of a text than this is shortened on the screen; the copy is whole. */
const SHOWN = 4000;

/** Of longer lists, only the ends are written: what is between them would not be shown. */
const ENDS = SHOWN / 2;
function ends(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, ends(one)]));
  const kept = value.length > 2 * ENDS ? [...value.slice(0, ENDS), ...value.slice(-ENDS)] : value;
  return typeof kept[0] === 'number' ? kept : kept.map(ends);
}

/** The request on the screen, to copy. */
export function mountRequest(host: HTMLElement): void {
  const language = signal<Language>('curl');
  const request = computed(() => current.value?.request.value);
  const text = (asked: Request) => written(language.value, asked, base, key.value !== undefined);
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
      copyButton('Copy the request', () => (request.value ? text(request.value) : '')),
    ),
    h('pre', { tabindex: 0, 'aria-label': 'The request', id: 'request' }, code),
  );
  effect(() => {
    host.parentElement?.classList.toggle('nothing', request.value === undefined);
  });
  let timer = 0;
  effect(() => {
    const { value: now } = request;
    const whole = now ? text({ ...now, body: ends(now.body) as Request['body'] }) : '';
    clearTimeout(timer);
    // Not at each movement of a slider: text is slow to lay out.
    timer = window.setTimeout(() => {
      code.textContent = whole.length > SHOWN ? `${whole.slice(0, SHOWN / 2)} … ${whole.slice(-SHOWN / 2)}` : whole;
    }, 80);
  });
}
