import { svg } from '../dom/dom.ts';
import { pointer } from '../state/state.ts';
import { enlarged, pointIn } from './figure.ts';
import { type Frame, zoom, zoomBy, zoomTo } from './frame.ts';
import type { Hold } from './grab.ts';

interface Pointed {
  frame(): Frame | undefined;
  /** The position of the pointer, in the figure's pixels. */
  point(px: number, py: number): void;
  leave(): void;
  /** Takes hold of what is there, if it can be moved. */
  grab(px: number, py: number): Hold | undefined;
}

/** A shorter drag does not count. */
const LEAST = 8;

/**
 * What a pointer does in a picture over time. It points, by touch too; the mouse dragged across chooses what is drawn, two fingers and the
 * wheel with Ctrl enlarge, a double click draws all again.
 */
export function takePointer(host: HTMLElement, { frame, point, leave, grab }: Pointed): void {
  /** The fingers on the picture, and the mouse while it drags. */
  const down = new Map<number, number>();
  let start: number | undefined;
  let hold: Hold | undefined;
  let apart = 0;
  const shade = svg('rect', { class: 'brush', y: 0 });
  const partOf = (px: number) => {
    const [left, right] = frame()?.x1.range() ?? [0, 1];
    return Math.min(1, Math.max(0, (px - left) / (right - left)));
  };
  const at = (event: PointerEvent) => {
    const [px, py] = pointIn(host, event);
    pointer.value = { x: event.clientX, y: event.clientY };
    // A mouse that rests while a finger moves a point is told of too.
    if (!hold) point(px, py);
    else if (down.has(event.pointerId)) hold.to(px, py);
    return px;
  };

  host.addEventListener('pointerdown', (event) => {
    const px = at(event);
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    down.set(event.pointerId, px);
    host.setPointerCapture(event.pointerId);
    hold ??= grab(...pointIn(host, event));
    if (hold) return;
    if (event.pointerType === 'mouse') start = px;
    apart = spread(down);
  });
  host.addEventListener('pointermove', (event) => {
    const px = at(event);
    if (!down.has(event.pointerId) || hold) return;
    down.set(event.pointerId, px);
    if (down.size === 2 && apart > 0) {
      const now = spread(down);
      const [a = 0, b = 0] = down.values();
      if (now > 4) zoomBy(apart / now, partOf((a + b) / 2));
      apart = now;
    } else if (start !== undefined && Math.abs(px - start) > LEAST) {
      const [left, right] = [Math.min(px, start), Math.max(px, start)];
      shade.setAttribute('x', String(left));
      shade.setAttribute('width', String(right - left));
      shade.setAttribute('height', String((frame()?.height ?? 42) - 42));
      host.querySelector('svg')?.append(shade);
    }
  });
  const lift = (event: PointerEvent) => {
    down.delete(event.pointerId);
    shade.remove();
    if (down.size === 0) {
      hold?.end();
      hold = undefined;
    }
    if (start === undefined || event.type === 'pointercancel') {
      start = undefined;
      return;
    }
    const [px] = pointIn(host, event);
    const [from, to] = [partOf(Math.min(px, start)), partOf(Math.max(px, start))];
    if (Math.abs(px - start) > LEAST) {
      const [low, high] = zoom.value ?? [0, 1];
      zoomTo(low + from * (high - low), low + to * (high - low));
    }
    start = undefined;
  };
  host.addEventListener('pointerup', lift);
  host.addEventListener('pointercancel', lift);
  host.addEventListener('pointerleave', (event) => {
    if (event.pointerType !== 'mouse') return; // what a finger pointed at stays selected when it is lifted
    pointer.value = undefined;
    leave();
  });
  host.addEventListener('dblclick', () => {
    zoom.value = undefined;
  });
  host.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomBy(Math.exp(event.deltaY / 300), partOf((event.clientX - host.getBoundingClientRect().left) / enlarged()));
    },
    { passive: false },
  );
}

function spread(down: ReadonlyMap<number, number>): number {
  const [a, b] = down.values();
  return a === undefined || b === undefined ? 0 : Math.abs(a - b);
}
