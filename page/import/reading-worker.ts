// Reads files: one of 50 MB takes seconds, in which the page must not stand still.
import { ParseError } from '../data/parse-error.ts';
import { read } from '../data/read.ts';
import type { FromReader, ToReader } from './reader.ts';

self.addEventListener('message', async ({ data: { id, bytes, name, chosen, wanted } }: MessageEvent<ToReader>) => {
  try {
    self.postMessage({ id, reading: await read(bytes, name, chosen, wanted) } satisfies FromReader);
  } catch (error) {
    const known = error instanceof ParseError;
    const wrong = known ? error.message : `This file cannot be read: ${(error as Error).message}.`;
    self.postMessage({ id, wrong } satisfies FromReader);
    if (!known) console.error(error);
  }
});
