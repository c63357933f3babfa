import { batch, effect, signal } from '@preact/signals-core';
import { plus, type Sample, type Series } from '../data/series.ts';
import { h } from '../dom/dom.ts';
import { chooseMetric } from '../form/choose-metric.ts';
import { mountLoss } from '../plot/loss.ts';
import { held, reveal, settled } from '../state/pair.ts';
import { ghost, s1, s2, used1, used2, zNormalise } from '../state/state.ts';
import { formatted } from './formatted.ts';

const STEPS = 60;
/** The minimum time for a step, in milliseconds: slow enough to follow. */
const PACE = 45;

/** It ends with the step that lowers the loss by less than this fraction of the total gain. */
const ENOUGH = 1e-4;

/** The loss after each step so far. */
const losses = signal<readonly number[]>([]);
const running = signal(false);
/** Gradient descent on soft-DTW: s1 moves towards s2. */
export function mountPull(host: HTMLElement): void {
  const start = h('button', { type: 'button', onclick: () => (running.value ? stop() : void pull()) });
  const back = h('button', { type: 'button', class: 'quiet', onclick: putBack }, 'Restore s1');
  const plot = h('div', { class: 'plot', role: 'img' });
  const says = h('p', { class: 'note', role: 'status' });
  const words = h(
    'div',
    {},
    h(
      'p',
      { class: 'explain' },
      'soft-DTW has a gradient everywhere, so it can be a loss. Each step asks the service for the gradient and moves every value of ',
      h('code', {}, 's1'),
      ' a little against it.',
    ),
    h('div', { class: 'buttons' }, start, back),
    says,
  );
  host.replaceChildren(words, plot);
  mountLoss(plot, losses, STEPS);
  effect(() => {
    // Another pair was chosen.
    const same = s1.value?.name.endsWith(PULLED) && s2.value === target;
    if (!running.value && ghost.peek() && !same) forget();
  });
  effect(() => {
    start.textContent = running.value ? 'Stop' : 'Pull s1 towards s2';
    back.hidden = ghost.value === undefined || running.value;
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

/** What s1 is pulled towards. */
let target: Sample | undefined;
/** The pair as it was, with its switch. */
let origin: { readonly s1: Sample | undefined; readonly s2: Sample | undefined; readonly z: boolean } | undefined;

function putBack(): void {
  if (!origin) return;
  const { s1: one, s2: other, z } = origin;
  batch(() => {
    [s1.value, s2.value, zNormalise.value] = [one, other, z];
    losses.value = [];
  });
  forget();
}

function forget(): void {
  origin = undefined;
  ghost.value = undefined;
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
  // Normalising anew after each step would not be descent: the normalised values themselves are moved.
  origin ??= { s1: s1.value, s2: s2.value, z: zNormalise.value };
  batch(() => {
    if (!zNormalise.value || !used1.value || !used2.value) return;
    [s1.value, s2.value, zNormalise.value] = [own(used1.value), own(used2.value), false];
  });
  target = s2.value;
  let best = await settled();
  if (best?.answer === undefined) return;
  ghost.value ??= best.s1;
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
    if (answer.value - next.answer.value < ENOUGH * (losses.value[0] - next.answer.value)) break;
  }
  s1.value = best.s1;
  await settled();
}

const PULLED = ', pulled';

/** Values that are no longer the example's. */
const own = ({ from: _, ...sample }: Sample): Sample => sample;

const moved = (sample: Sample, values: Series): Sample => ({
  ...own(sample),
  values,
  name: `${sample.name.replace(PULLED, '')}${PULLED}`,
});
