import { computed, effect, signal } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { matrixFilling, matrixOutdated, matrixWork } from '../state/matrix.ts';
import { held, pairOutdated, pairWork } from '../state/pair.ts';
import { metricName, problem, view } from '../state/state.ts';

/** Responses faster than this, in milliseconds, are not announced. */
const SOON = 80;

const work = computed(() => (view.value === 'pair' ? pairWork : matrixWork));
const outdated = computed(() => (view.value === 'pair' ? pairOutdated.value && !held.value : matrixOutdated.value));
/** Whether the service has been computing for longer than a moment, and since when. */
const since = signal<number | undefined>(undefined);

/** What is being computed, for how long, and a button to give it up; outdated parts of the screen are dimmed meanwhile. */
export function mountBusy(host: HTMLElement): void {
  const elapsed = h('span', { class: 'elapsed', 'aria-hidden': 'true' });
  const what = h('span', { role: 'status' });
  const cancel = h('button', { type: 'button', onclick: () => work.value.cancel() }, 'Cancel');
  const again = h('button', { type: 'button', onclick: () => work.value.again() }, 'Retry');
  host.replaceChildren(h('span', { class: 'spinner', 'aria-hidden': 'true' }), what, elapsed, cancel, again);
  waitAMoment();
  effect(() => {
    const busy = since.value !== undefined;
    const given = problem.value?.code === 'cancelled' && !busy;
    host.hidden = !busy && !given;
    host.classList.toggle('given-up', given);
    cancel.hidden = !busy;
    again.hidden = !given;
    elapsed.hidden = !busy;
    what.textContent = busy ? `Computing ${metricName.value}` : '';
    document.documentElement.classList.toggle('outdated', busy && outdated.value);
  });
  effect(() => {
    const { value: from } = since;
    if (from === undefined) return;
    const tell = () => {
      const { done, rows } = matrixFilling.peek() ?? {};
      const progress = done === undefined ? '' : ` · ${done} of ${rows} rows`;
      elapsed.textContent = `${((performance.now() - from) / 1000).toFixed(1)} s${progress}`;
    };
    tell();
    const timer = setInterval(tell, 100);
    return () => clearInterval(timer);
  });
}

/** Announces a request once it takes long. A request that follows at once counts as the same work. */
function waitAMoment(): void {
  effect(() => {
    const { value: now } = work.value.pending;
    if (now === undefined) {
      since.value = undefined;
      return;
    }
    if (since.peek() !== undefined) {
      since.value = now.since;
      return;
    }
    const timer = setTimeout(
      () => {
        since.value = now.since;
      },
      SOON - (performance.now() - now.since),
    );
    return () => clearTimeout(timer);
  });
}
