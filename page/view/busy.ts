import { computed, effect, signal } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { current } from '../state/current.ts';
import { awaited } from '../state/long.ts';
import { matrixFilling } from '../state/matrix.ts';
import { capabilities, problem } from '../state/state.ts';
import { lasting } from './lasting.ts';

/** Responses faster than this, in milliseconds, are not announced. */
const SOON = 80;

/** After so many milliseconds, a job is offered. */
const LONG = 3000;

const work = computed(() => current.value?.work);
const outdated = computed(() => current.value?.outdated.value ?? false);
/** Whether the service has been computing for longer than a moment, and since when. */
const since = signal<number | undefined>(undefined);

/** What is being computed, for how long, and a button to give it up; outdated parts of the screen are dimmed meanwhile. */
export function mountBusy(host: HTMLElement): void {
  const elapsed = h('span', { class: 'elapsed', 'aria-hidden': 'true' });
  const what = h('span', { role: 'status' });
  const bar = h('progress', { max: 1, 'aria-label': 'Progress of the job' });
  const cancel = h('button', { type: 'button', onclick: () => work.value?.cancel() }, 'Cancel');
  const again = h('button', { type: 'button', onclick: () => work.value?.again() }, 'Retry');
  const job = h('button', { type: 'button', class: 'quiet', onclick: () => work.value?.asJob() }, 'Make it a job');
  const spinner = h('span', { class: 'spinner', 'aria-hidden': 'true' });
  host.replaceChildren(spinner, what, bar, elapsed, cancel, job, again);
  waitAMoment();
  effect(() => {
    const busy = since.value !== undefined;
    const given = problem.value?.code === 'cancelled' && !busy;
    host.hidden = !busy && !given;
    host.classList.toggle('given-up', given);
    cancel.hidden = !busy;
    again.hidden = !given;
    elapsed.hidden = !busy;
    const name = current.value?.request.value?.path.split('/')[1] ?? '';
    what.textContent = busy ? `Computing ${name}${awaited.value ? ' as a job' : ''}` : '';
    bar.hidden = !busy || awaited.value === undefined;
    if (awaited.value) bar.value = awaited.value.progress.fraction;
    document.documentElement.classList.toggle('outdated', busy && outdated.value);
  });
  effect(() => {
    const { value: from } = since;
    job.hidden = true;
    if (from === undefined) return;
    const tell = () => {
      const { done, rows } = matrixFilling.peek() ?? {};
      const { fraction, seconds_left: left } = awaited.peek()?.progress ?? {};
      const seconds = (performance.now() - from) / 1000;
      const parts = [
        `${seconds.toFixed(1)} s`,
        done !== undefined && `${done} of ${rows} rows`,
        fraction !== undefined && `${Math.floor(100 * fraction)} %`,
        typeof left === 'number' && `${lasting(left)} left`,
      ];
      elapsed.textContent = parts.filter(Boolean).join(' · ');
      job.hidden = awaited.peek() !== undefined || !capabilities.peek()?.store || 1000 * seconds < LONG;
    };
    tell();
    const timer = setInterval(tell, 100);
    return () => clearInterval(timer);
  });
}

/** Announces a request once it takes long. A request that follows at once counts as the same work. */
function waitAMoment(): void {
  effect(() => {
    const now = work.value?.pending.value;
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
