import { svg } from '../dom/dom.ts';

/** Pixels of the screen for one of a picture: pictures grow with the type, which grows with the screen. */
export const enlarged = (): number =>
  Math.max(1, Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16);

/** A picture of so many of its own pixels. What it shows is said in words beside it. */
export function figure(width: number, height: number, ...parts: Parameters<typeof svg>[2][]): SVGSVGElement {
  const by = enlarged();
  const size = { viewBox: `0 0 ${width} ${height}`, width: width * by, height: height * by };
  return svg('svg', { ...size, 'aria-hidden': 'true' }, ...parts);
}

/** Puts a canvas where the picture's pixels are. */
export function placed(
  canvas: HTMLCanvasElement,
  [left, top, width, height]: readonly [number, number, number, number],
): void {
  const by = enlarged();
  const pixels = (length: number) => `${length * by}px`;
  const place = { left: pixels(left), top: pixels(top), width: pixels(width), height: pixels(height) };
  Object.assign(canvas.style, place);
}

/** Where the pointer is in a picture, in its pixels. */
export function pointIn(element: Element, { clientX, clientY }: MouseEvent): readonly [x: number, y: number] {
  const { left, top } = element.getBoundingClientRect();
  const by = enlarged();
  return [(clientX - left) / by, (clientY - top) / by];
}
