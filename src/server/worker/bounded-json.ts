import { isAscii } from 'node:buffer';
import { Problem } from '../http/errors.ts';

/** A dataset in a body has four levels. */
const MOST_DEPTH = 32;
/** A body is one object; its series are arrays. */
const MOST_OBJECTS = 1000;

/** What JSON.parse takes in memory, in bytes: for a number (its place in an array, in the parser's stack, in the flat array and on its way), and for an array. */
const NUMBER_BYTES = 48;
const ARRAY_BYTES = 80;
/** Text outside ASCII takes two bytes a letter. */
const ASCII_BYTES = 2;
const OTHER_BYTES = 4;

/** The most that a byte of a body can become, in bytes: `[],` is an array and a number. */
export const MOST_PER_BYTE = OTHER_BYTES + Math.ceil((NUMBER_BYTES + ARRAY_BYTES) / 3);

/** Bytes between two polls. */
const POLL_BYTES = 2 ** 19;

/**
 * The memory that a body will take once it is read, beside its bytes. Rejects JSON that would take far more than these bytes: a body of 64 MiB of opening
 * brackets takes 2.7 GB, outside the limited heap of a worker, and a worker whose heap runs out inside `JSON.parse` ends the whole process.
 *
 * @param poll called about once a millisecond
 * @throws Problem
 */
export function weighJson(bytes: Uint8Array, poll: () => void): number {
  let depth = 0;
  let objects = 0;
  let arrays = 0;
  let values = 1;
  for (let i = 0; i < bytes.length; ) {
    poll();
    for (const end = Math.min(bytes.length, i + POLL_BYTES); i < end; i++) {
      const byte = bytes[i] as number;
      // Most bytes are those of numbers.
      if (byte > COMMA && byte < OPEN_ARRAY) continue;
      if (byte === COMMA) values++;
      else if (byte === QUOTE) i = endOfString(bytes, i);
      else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
        arrays++;
        if (byte === OPEN_OBJECT && ++objects > MOST_OBJECTS) refuse(`has more than ${MOST_OBJECTS} objects`);
        if (++depth > MOST_DEPTH) refuse(`is nested deeper than ${MOST_DEPTH} levels`);
      } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) depth--;
    }
  }
  const text = bytes.length * (isAscii(bytes) ? ASCII_BYTES : OTHER_BYTES);
  return text + NUMBER_BYTES * values + ARRAY_BYTES * arrays;
}

// Literals: V8 loads what it does not know at compile time, for each byte.
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

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
