import { type ReadonlySignal, signal } from '@preact/signals-core';
import { enlarged } from './figure.ts';

/** The width of an element in pixels of its figure, as it changes; 0 until it is laid out. */
export function widthSignal(element: HTMLElement): ReadonlySignal<number> {
  const width = signal(0);
  new ResizeObserver(([entry]) => {
    width.value = Math.floor(entry.contentRect.width / enlarged());
  }).observe(element);
  return width;
}
