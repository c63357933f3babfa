import { type ReadonlySignal, signal } from '@preact/signals-core';

/** The width of an element in pixels, as it changes; 0 until it is laid out. */
export function widthSignal(element: HTMLElement): ReadonlySignal<number> {
  const width = signal(0);
  new ResizeObserver(([entry]) => {
    width.value = Math.round(entry.contentRect.width);
  }).observe(element);
  return width;
}
