import { computed, effect, signal } from '@preact/signals-core';
import { leaveOneOut } from '../data/leave-one-out.ts';
import { h } from '../dom/dom.ts';
import { classesOf } from '../plot/matrix.ts';
import { matrixShown } from '../state/matrix.ts';

/** Which colour is which class, and how well the nearest neighbours tell it. */
export function mountClasses(host: HTMLElement): void {
  const k = signal(1);
  const classes = computed(() => classesOf(matrixShown.value?.series ?? []));
  const key = h('div', { class: 'key' });
  const input = h('input', {
    id: 'neighbours',
    type: 'number',
    min: 1,
    max: 25,
    value: 1,
    oninput: () => {
      if (input.valueAsNumber >= 1) k.value = Math.floor(input.valueAsNumber);
    },
  });
  const says = h('span', { role: 'status', id: 'accuracy' });
  host.replaceChildren(
    key,
    h('p', { class: 'accuracy' }, h('label', { for: 'neighbours' }, 'Nearest neighbours: '), input, ' ', says),
  );
  effect(() => {
    host.hidden = classes.value.length === 0;
    key.replaceChildren(
      ...classes.value.map((label, c) => h('span', {}, h('span', { class: `class-swatch class-${c % 8}` }), label)),
    );
  });
  effect(() => {
    const { value: now } = matrixShown;
    if (!now || classes.value.length === 0) return;
    const labels = now.series.map(({ label }) => label ?? '');
    const { right, of } = leaveOneOut(now.matrix, labels, Math.min(k.value, labels.length - 1), now.similarity);
    says.textContent = `Leave-one-out accuracy ${Math.round((1000 * right) / of) / 10} % (${right} of ${of}).`;
  });
}
