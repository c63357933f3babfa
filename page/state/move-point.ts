import { batch, effect, type Signal, signal } from '@preact/signals-core';
import type { Sample, Series } from '../data/series.ts';
import { pairWork } from './pair.ts';
import { s1, s2, used1, used2, zNormalise } from './state.ts';

/** A value that the user is moving: of channel c at a step. */
export interface Moving {
  readonly which: 's1' | 's2';
  readonly step: number;
  readonly c: number;
  readonly value: number;
}

/** The value in the user's hand. */
export const moving = signal<Moving | undefined>(undefined);

/** The move that the service has not been asked about yet. */
let waiting: Moving | undefined;

/** Moves a value. The service is asked about the newest move whenever it has answered the one before. */
export function move(to: Moving): void {
  moving.value = to;
  waiting = to;
  if (pairWork.pending.peek() === undefined) apply();
}

/** Leaves the value where it is. */
export function letGo(): void {
  apply();
  moving.value = undefined;
}

/** Goes on with the newest move once an answer has come. */
export function keepMoving(): void {
  effect(() => {
    if (pairWork.pending.value === undefined && moving.peek()) queueMicrotask(apply);
  });
}

/** The samples as they were before points of them were moved. */
const originals = new WeakMap<Sample, Sample>();

/** The sample that one was before points of it were moved; itself if none were. */
export const originalOf = (sample: Sample): Sample => originals.get(sample) ?? sample;

function replace(target: Signal<Sample | undefined>, by: Sample | undefined): void {
  const before = target.value;
  if (before && by && by !== before) originals.set(by, originalOf(before));
  target.value = by;
}

const CHANGED = ', changed';

function apply(): void {
  if (!waiting) return;
  const { which, step, c, value } = waiting;
  waiting = undefined;
  batch(() => {
    // What is moved is what is seen: normalising anew would move all other values too.
    if (zNormalise.value) {
      const [one, other] = [used1.value, used2.value];
      zNormalise.value = false;
      replace(s1, one);
      replace(s2, other);
    }
    const target = which === 's1' ? s1 : s2;
    if (target.value) replace(target, changed(target.value, step, c, value));
  });
}

const changed = ({ from: _, ...sample }: Sample, step: number, c: number, value: number): Sample => ({
  ...sample,
  name: `${sample.name.replace(CHANGED, '')}${CHANGED}`,
  values: sample.values.map((row, i) => {
    if (i !== step) return row;
    return typeof row === 'number' ? value : row.map((one, k) => (k === c ? value : one));
  }) as Series,
});
