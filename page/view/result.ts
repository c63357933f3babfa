import { effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { generalError } from '../form/errors.ts';
import { problem, shown } from '../state/state.ts';
import { straight, stretches } from '../state/straight.ts';
import { directionOf, negativeNote } from './direction.ts';
import { formatted } from './formatted.ts';

/** The value and what it means, where it was computed and how long that took. */
export function mountResult(host: HTMLElement): void {
  const value = h('output', { class: 'value', 'aria-live': 'polite' });
  const direction = h('span', { class: 'direction' });
  const meta = h('p', { class: 'meta' });
  const [compared, below] = [h('span'), h('span')];
  const bought = h('p', { class: 'bought', role: 'status' }, compared, ' ', below);
  const error = h('p', { class: 'error', role: 'alert', id: 'problem' });
  host.replaceChildren(
    h(
      'div',
      { class: 'value-line', 'data-view': 'pair' },
      h('div', { class: 'value-row' }, value, direction),
      bought,
      meta,
    ),
    error,
  );
  effect(() => {
    error.textContent = generalError.value ?? '';
    document.documentElement.classList.toggle('stale', problem.value !== undefined);
  });
  effect(() => {
    const { metric, answer, timing, request } = shown.value ?? {};
    if (!metric || !answer) return;
    value.replaceChildren(h('code', {}, metric.name), ' ', h('b', {}, formatted(answer.value)));
    direction.textContent = directionOf(metric, Number(request?.body.gamma ?? 0) > 0);
    const times = [
      timing?.compute !== undefined && `${milliseconds(timing.compute)} computing`,
      timing?.total !== undefined && `${milliseconds(timing.total)} in the service`,
      timing && `${milliseconds(timing.seen)} round trip`,
    ];
    meta.textContent = [`${answer.be}, ${answer.dtype}`, ...times.filter(Boolean)].join(' · ');
  });
  effect(() => {
    if (!shown.value?.answer) return;
    const beside = straight.value?.of === shown.value ? straight.value : undefined;
    const waits = beside === undefined && stretches(shown.value);
    // While the value without stretching is awaited, the old one keeps its room: the figures below must not jump.
    compared.classList.toggle('awaited', waits);
    if (beside)
      compared.textContent = `With stretching ${short(shown.value.answer.value)}, step by step ${short(beside.value)}${beside.resampled ? ' (the shorter one stretched evenly)' : ''}.`;
    else if (!waits) compared.textContent = '';
    else if (compared.textContent === '') compared.textContent = '\u00a0';
    below.textContent = negativeNote(shown.value);
    bought.hidden = compared.textContent === '' && below.textContent === '';
  });
}

/** Three digits: what two values are compared by. */
const short = (value: number): string =>
  Math.abs(value) >= 1000 && Math.abs(value) < 1e6 ? value.toFixed(0) : value.toPrecision(3);

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
