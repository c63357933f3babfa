import { computed, signal } from '@preact/signals-core';
import type { Choices, Reading, Wanted } from '../data/reading.ts';

/** From the page to the worker that reads: a file, and how. */
export interface ToReader {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly chosen: Choices;
  readonly wanted: Wanted;
}

/** What was found in a file, or what is wrong with it. */
export type ReadOrNot = { readonly reading: Reading } | { readonly wrong: string };

/** From the worker to the page. */
export type FromReader = { readonly id: number } & ReadOrNot;

interface Waiting {
  readonly name: string;
  readonly resolve: (found: ReadOrNot) => void;
}

const waiting = signal<ReadonlyMap<number, Waiting>>(new Map());
/** The names of the files that are being read. */
export const beingRead = computed(() => [...waiting.value.values()].map(({ name }) => name));

/** What is said of a file that was given up. */
export const GIVEN_UP = 'Cancelled.';

let worker: Worker | undefined;
let last = 0;

/** Reads a file beside the page. */
export function readBeside(file: Omit<ToReader, 'id'>): Promise<ReadOrNot> {
  const id = ++last;
  const { promise, resolve } = Promise.withResolvers<ReadOrNot>();
  waiting.value = new Map([...waiting.value, [id, { name: file.name, resolve }]]);
  worker ??= started();
  worker.postMessage({ id, ...file } satisfies ToReader);
  return promise;
}

/** Gives up all that is being read. */
export const stopReading = (): void => end(GIVEN_UP);

function end(wrong: string): void {
  worker?.terminate();
  worker = undefined;
  const given = [...waiting.value.values()];
  waiting.value = new Map();
  for (const { resolve } of given) resolve({ wrong });
}

function started(): Worker {
  const made = new Worker(new URL('./reading-worker.ts', import.meta.url), { type: 'module' });
  made.addEventListener('message', ({ data: { id, ...found } }: MessageEvent<FromReader>) => {
    const { resolve } = waiting.value.get(id) ?? {};
    waiting.value = new Map([...waiting.value].filter(([other]) => other !== id));
    resolve?.(found);
  });
  // Its file is not there any more: the service is a newer one.
  made.addEventListener('error', () => end('The page has become out of date: reload it, and files are read again.'));
  return made;
}
