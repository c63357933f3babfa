import { Problem } from '../http/errors.ts';

/** Bytes looked at between two polls, about: some milliseconds. */
const POLL_EVERY = 2 ** 19;

/** A dataset in a body has four levels. */
const MOST_DEPTH = 32;
/** A body is one object; its series are arrays. */
const MOST_OBJECTS = 1000;

/**
 * Rejects JSON that would take far more memory than bytes once parsed: a body of 64 MiB of opening brackets takes 2.7 GB,
 * outside the limited heap of a worker, and a worker whose heap runs out inside `JSON.parse` ends the whole process.
 *
 * @throws Problem
 */
export function requireBounded(bytes: Uint8Array, poll: () => void): void {
  let depth = 0;
  let objects = 0;
  for (let i = 0, next = 0; i < bytes.length; i++) {
    if (i >= next) {
      poll();
      next = i + POLL_EVERY;
    }
    const byte = bytes[i];
    if (byte === QUOTE) i = endOfString(bytes, i);
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
      if (byte === OPEN_OBJECT && ++objects > MOST_OBJECTS) refuse(`has more than ${MOST_OBJECTS} objects`);
      if (++depth > MOST_DEPTH) refuse(`is nested deeper than ${MOST_DEPTH} levels`);
    } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth--;
  }
}

const [QUOTE, BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('"\\[]{}') as unknown as [
  number,
  number,
  number,
  number,
  number,
  number,
];

/** The index of the quote that ends the string starting at `from`. */
function endOfString(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}

function refuse(what: string): never {
  throw new Problem('invalid_request', `the body ${what}: send numbers in arrays`, {
    errors: [{ pointer: '', detail: `the body ${what}` }],
  });
}
