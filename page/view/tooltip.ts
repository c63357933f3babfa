import { effect, type ReadonlySignal } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { pointer } from '../state/state.ts';

/** What is under the pointer, beside it; the same words stand below the figure, for those who do not point. */
export function mountTooltip(text: ReadonlySignal<string | undefined>): void {
  const tip = h('div', { class: 'tooltip', 'aria-hidden': 'true', hidden: true });
  document.body.append(tip);
  effect(() => {
    const at = pointer.value;
    const words = text.value;
    tip.hidden = at === undefined || words === undefined;
    if (at === undefined || words === undefined) return;
    tip.replaceChildren(...words.split(' · ').map((line) => h('div', {}, line)));
    const { offsetWidth: width, offsetHeight: height } = tip;
    const left = at.x + 16 + width > document.documentElement.clientWidth ? at.x - width - 16 : at.x + 16;
    const top = at.y - height - 12 < 0 ? at.y + 20 : at.y - height - 12;
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${top}px`;
  });
  // It belongs to a place in the page, not in the window.
  let scrolled = 0;
  effect(() => {
    if (pointer.value) scrolled = scrollY;
  });
  addEventListener('scroll', () => {
    if (Math.abs(scrollY - scrolled) > 4) pointer.value = undefined;
  });
  addEventListener('pointerdown', ({ target }) => {
    if (!(target as Element).closest('.plot')) pointer.value = undefined;
  });
}
