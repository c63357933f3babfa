import { computed, effect } from '@preact/signals-core';
import { table } from '../plot/table.ts';
import { cross, type Shown, shown } from '../state/state.ts';

/** What is under the cross-hair, in words. */
export const readout = computed(() => {
  const at = cross.value;
  const now = shown.value;
  const inside = now && at && at.i < now.s1.values.length && at.j < now.s2.values.length;
  return inside ? words(now, at) : undefined;
});

/** The words, and the keys that move the cross-hair. */
export function mountReadout(figure: HTMLElement, host: HTMLElement): void {
  effect(() => {
    host.textContent = readout.value ?? 'Point at a cell, or focus the picture and use the arrow keys.';
  });
  figure.addEventListener('keydown', (event) => {
    const move = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      Home: [-1e9, -1e9],
      End: [1e9, 1e9],
    }[event.key];
    if (event.key === 'Escape') cross.value = undefined;
    if (move === undefined || !shown.value || event.target !== figure) return;
    event.preventDefault();
    const stride = event.shiftKey ? 10 : 1;
    const { i, j } = cross.value ?? { i: 0, j: 0 };
    const [down = 0, across = 0] = move;
    const within = (at: number, count: number) => Math.min(count - 1, Math.max(0, at));
    cross.value = {
      i: within(i + stride * down, shown.value.s1.values.length),
      j: within(j + stride * across, shown.value.s2.values.length),
    };
  });
}

function words({ s1, s2, answer }: Shown, { i, j }: { i: number; j: number }): string {
  const cell = table.value;
  const says = [`s1[${i}] = ${text(s1.values[i])}`, `s2[${j}] = ${text(s2.values[j])}`];
  if (cell) says.push(`${cell.kind} ${cell.cell(i, j).toPrecision(3)}`);
  if (answer?.path?.some(([row, column]) => row === i && column === j)) says.push('on the path');
  return says.join(' · ');
}

const text = (value: number | readonly number[] | undefined): string =>
  typeof value === 'number' ? exact(value, 4) : `[${value?.map((one) => exact(one, 3)).join(', ')}]`;

/** So many digits, or as many as a whole number has. */
const exact = (value: number, digits: number): string =>
  Math.abs(value) >= 10 ** digits && Math.abs(value) < 1e12
    ? String(Math.round(value * 1000) / 1000)
    : value.toPrecision(digits);
