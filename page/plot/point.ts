import { pointer } from '../state/state.ts';

/** Reports where a pointer is over a figure; what a finger points at stays selected when it is lifted. */
export function point(chart: HTMLElement, told: (event: PointerEvent) => void, left: () => void): void {
  const at = (event: PointerEvent) => {
    pointer.value = { x: event.clientX, y: event.clientY };
    told(event);
  };
  chart.addEventListener('pointerdown', at);
  chart.addEventListener('pointermove', at);
  chart.addEventListener('pointerleave', ({ pointerType }) => {
    if (pointerType !== 'mouse') return;
    pointer.value = undefined;
    left();
  });
}
