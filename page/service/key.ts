import { signal } from '@preact/signals-core';

const NAME = 'warpserve-key';

/** The key sent with requests, if the service requires one. It is kept as long as the tab. */
export const key = signal<string | undefined>(sessionStorage.getItem(NAME) ?? undefined);

/** Uses a key from now on. */
export function useKey(given: string): void {
  sessionStorage.setItem(NAME, given);
  key.value = given;
}
