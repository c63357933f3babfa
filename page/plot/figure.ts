import { svg } from '../dom/dom.ts';

/** Screen pixels per figure pixel: figures grow with the type, which grows with the screen. */
export const enlarged = (): number =>
  Math.max(1, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16);

/** A figure with the given size in its own pixels. What it shows is also described in words next to it. */
export function figure(width: number, height: number, ...parts: Parameters<typeof svg>[2][]): SVGSVGElement {
  const by = enlarged();
  const size = { viewBox: `0 0 ${width} ${height}`, width: width * by, height: height * by };
  return svg('svg', { ...size, 'aria-hidden': 'true' }, ...parts);
}

/** Places a canvas over the figure's pixels. */
export function placed(
  canvas: HTMLCanvasElement,
  [left, top, width, height]: readonly [number, number, number, number],
): void {
  const by = enlarged();
  const pixels = (length: number) => `${length * by}px`;
  const place = { left: pixels(left), top: pixels(top), width: pixels(width), height: pixels(height) };
  Object.assign(canvas.style, place);
}

/** The position of the pointer in a figure, in its pixels. */
export function pointIn(element: Element, { clientX, clientY }: MouseEvent): readonly [x: number, y: number] {
  const { left, top } = element.getBoundingClientRect();
  const by = enlarged();
  return [(clientX - left) / by, (clientY - top) / by];
}
