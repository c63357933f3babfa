import { effect, signal } from '@preact/signals-core';
import { plus, type Sample, type Series } from '../data/series.ts';
import { h } from '../dom/dom.ts';
import { chooseMetric } from '../form/choose-metric.ts';
import { mountLoss } from '../plot/loss.ts';
import { held, reveal, settled } from '../state/pair.ts';
import { s1, s2 } from '../state/state.ts';
import { formatted } from './formatted.ts';

const STEPS = 60;
/** The least time for a step, in milliseconds: slow enough to follow. */
const PACE = 45;

/** It ends with the step that lowers the loss by less than this part of all that was gained. */
const ENOUGH = 1e-4;

/** The loss after each step so far. */
const losses = signal<readonly number[]>([]);
const running = signal(false);
/** s1 as it was before it was pulled. */
const before = signal<Sample | undefined>(undefined);

/** Gradient descent on soft-DTW: s1 moves towards s2. */
export function mountPull(host: HTMLElement): void {
  const start = h('button', { type: 'button', onclick: () => (running.value ? stop() : void pull()) });
  const back = h('button', { type: 'button', class: 'quiet', onclick: putBack }, 'Put s1 back');
  const plot = h('div', { class: 'plot', role: 'img' });
  const says = h('p', { class: 'note', role: 'status' });
  host.replaceChildren(
    h(
      'p',
      { class: 'explain' },
      'soft-DTW has a gradient everywhere, so it can be a loss. Each step asks the service for the gradient and moves every value of ',
      h('code', {}, 's1'),
      ' a little against it.',
    ),
    h('div', { class: 'buttons' }, start, back),
    plot,
    says,
  );
  mountLoss(plot, losses, STEPS);
  effect(() => {
    start.textContent = running.value ? 'Stop' : 'Pull s1 towards s2';
    back.hidden = before.value === undefined || running.value;
    const [first, last] = [losses.value[0], losses.value.at(-1)];
    says.textContent =
      first === undefined || last === undefined || running.value
        ? ''
        : `From ${formatted(first)} to ${formatted(last)} in ${losses.value.length - 1} steps.`;
  });
}

function stop(): void {
  running.value = false;
}

function putBack(): void {
  s1.value = before.value;
  before.value = undefined;
  losses.value = [];
}

async function pull(): Promise<void> {
  chooseMetric('soft-dtw');
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  running.value = true;
  held.value = true; // steps that raise the loss are taken back without being seen
  try {
    await descend(still);
  } finally {
    held.value = false;
    running.value = false;
  }
}

async function descend(still: boolean): Promise<void> {
  const target = s2.value;
  let best = await settled();
  if (best?.answer === undefined) return;
  before.value ??= best.s1;
  losses.value = [best.answer.value];
  let step = 0.1;
  while (running.value && losses.value.length <= STEPS && step > 1e-6) {
    const { s1: from, answer } = best;
    if (!answer?.gradient) return;
    s1.value = moved(from, plus(from.values, answer.gradient.s1, -step));
    const [next] = await Promise.all([settled(), still || new Promise((done) => setTimeout(done, PACE))]);
    if (next?.answer === undefined || s2.value !== target || next.metric !== best.metric) return;
    if (next.answer.value >= answer.value) {
      step /= 2;
      s1.value = from;
      continue;
    }
    best = next;
    step *= 1.15;
    losses.value = [...losses.value, next.answer.value];
    if (!still) reveal();
    if (answer.value - next.answer.value < ENOUGH * ((losses.value[0] as number) - next.answer.value)) break;
  }
  s1.value = best.s1;
  await settled();
}

/** A series that was pulled is no longer the example's. */
function moved({ from: _, ...sample }: Sample, values: Series): Sample {
  return { ...sample, values, name: `${sample.name.replace(/, pulled$/, '')}, pulled` };
}
