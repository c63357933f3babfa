import { effect } from '@preact/signals-core';
import { table } from '../plot/table.ts';
import { cross, type Shown, shown } from '../state/state.ts';

/** What is under the cross-hair, in words; and the keys that move it. */
export function mountReadout(figure: HTMLElement, host: HTMLElement): void {
  effect(() => {
    const at = cross.value;
    const now = shown.value;
    const inside = now && at && at.i < now.s1.values.length && at.j < now.s2.values.length;
    host.textContent = inside ? words(now, at) : 'Point at a cell, or focus the picture and use the arrow keys.';
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
    if (move === undefined || !shown.value) return;
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
  typeof value === 'number' ? value.toPrecision(4) : `[${value?.map((one) => one.toPrecision(3)).join(', ')}]`;
