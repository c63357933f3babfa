import { effect, signal } from '@preact/signals-core';
import { restore, stateText } from './link.ts';
import { apply, snapshot, watched } from './snapshot.ts';

/** What was on the screen at each place of the browser's history, as long as the page is open. */
const seen = new Map<number, ReturnType<typeof snapshot>>();
const at = signal(0);
const last = signal(0);
/** Whether there is a step to take back, and one to take again. */
export const history = { at, last };

/** What moves is one step once it has rested so long, in milliseconds. */
const REST = 300;

/**
 * Keeps the address of the page the link to what it shows, and each choice a step of the browser's history: Back takes it back,
 * Forward takes it again.
 */
export function keepHistory(): void {
  at.value = placeOf(window.history.state);
  last.value = at.peek();
  let timer = 0;
  // What is restored is no step of its own.
  let step = false;
  effect(() => {
    watched();
    clearTimeout(timer);
    timer = window.setTimeout(async () => {
      const before = seen.get(at.peek());
      const now = snapshot();
      if (before?.every((one, k) => one === now[k])) return;
      const text = await stateText();
      const address = text === undefined ? location.href : `#${text}`;
      if (step) {
        at.value++;
        for (const place of seen.keys()) if (place > at.peek()) seen.delete(place);
        last.value = at.peek();
        window.history.pushState({ at: at.peek() }, '', address);
      } else {
        window.history.replaceState({ at: at.peek() }, '', address);
      }
      seen.set(at.peek(), now);
      step = true;
    }, REST);
  });
  addEventListener('popstate', async ({ state }) => {
    const known = state === null ? undefined : seen.get(placeOf(state));
    at.value = state === null ? at.peek() + 1 : placeOf(state);
    last.value = Math.max(at.peek(), state === null ? 0 : last.peek());
    if (known) {
      apply(known);
      return;
    }
    step = false;
    await restore(location.hash.slice(1));
  });
}

const placeOf = (state: unknown): number => (state as { at?: number } | null)?.at ?? 0;
