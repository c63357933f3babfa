import { effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { generalError } from '../form/errors.ts';
import { problem, shown } from '../state/state.ts';
import { formatted } from './formatted.ts';

/** The value, where it was computed and how long that took. */
export function mountResult(host: HTMLElement): void {
  const value = h('output', { class: 'value', 'aria-live': 'polite' });
  const meta = h('p', { class: 'meta' });
  const error = h('p', { class: 'error', role: 'alert', id: 'problem' });
  host.replaceChildren(h('div', { class: 'value-line', 'data-view': 'pair' }, value, meta), error);
  effect(() => {
    error.textContent = generalError.value ?? '';
    document.documentElement.classList.toggle('stale', problem.value !== undefined);
  });
  effect(() => {
    const { metric, answer, timing } = shown.value ?? {};
    if (!metric || !answer) return;
    value.replaceChildren(h('code', {}, metric.name), ' ', h('b', {}, formatted(answer.value)));
    const times = [
      timing?.compute !== undefined && `${milliseconds(timing.compute)} computing`,
      timing?.total !== undefined && `${milliseconds(timing.total)} in the service`,
      timing && `${milliseconds(timing.seen)} to here`,
    ];
    meta.textContent = [`${answer.be}, ${answer.dtype}`, ...times.filter(Boolean)].join(' · ');
  });
}

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(2) : ms.toFixed(0)} ms`;
