import type { Readable } from 'node:stream';
import { errorCodes } from 'fastify';
import { countShared } from './ballast.ts';
import type { Share } from './memory.ts';

/** How a body is received. */
export interface Receiving {
  /** Bytes beyond which it goes to a worker: it is collected in memory that workers share, because copying it would block the event loop. */
  readonly large: number;
  /** Most bytes of a body. */
  readonly limit: number;
  /** Its bytes if they are known, and have been taken. */
  readonly known: number | undefined;
  /** Memory for each byte, taken as they come if their number is not known. */
  readonly perByte: number;
  readonly share: Share;
}

/** Memory is taken in such steps, as bytes come. */
const STEP = 2 ** 20;

/**
 * Collects a body, chunk by chunk.
 *
 * @throws FST_ERR_CTP_BODY_TOO_LARGE as soon as more than the limit has arrived, Problem `memory_full` as soon as there is no room for it
 */
export function receive(
  payload: Readable,
  { large, limit, known, perByte, share }: Receiving,
  done: (error: Error | null, bytes?: Uint8Array) => void,
): void {
  if (known !== undefined && known > limit) {
    done(new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE());
    return;
  }
  const small: Uint8Array[] = [];
  let whole: Uint8Array | undefined;
  let at = 0;
  let taken = known ?? 0;
  const take = (piece: Uint8Array): void => {
    const end = at + piece.length;
    if (end > limit) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
    if (end > taken) {
      const step = Math.max(end - taken, Math.min(STEP, taken));
      share.grow(perByte * step, 'body_too_large');
      taken += step;
    }
    if (whole === undefined && end <= large) small.push(piece);
    else {
      // The system gives memory only where it is written to: reserving the limit costs nothing.
      whole ??= joined(small.splice(0), known ?? limit);
      whole.set(piece, at);
    }
    at = end;
  };
  // Listeners stay where they are: removing them takes longer than ignoring what they hear.
  let isOver = false;
  const over = (error: Error | null, bytes?: Uint8Array): void => {
    isOver = true;
    whole = undefined;
    small.length = 0;
    done(error, bytes);
  };
  const data = (piece: Uint8Array): void => {
    if (isOver) return;
    try {
      take(piece);
    } catch (error) {
      payload.pause();
      over(error as Error);
    }
  };
  const end = (): void => {
    if (isOver) return;
    if (whole === undefined) over(null, small.length === 1 ? small[0] : Buffer.concat(small));
    else over(null, fitted(whole, at));
  };
  const fail = (error: Error): void => {
    if (!isOver) over(error);
  };
  const close = (): void => {
    if (!isOver) over(new errorCodes.FST_ERR_CTP_INVALID_CONTENT_LENGTH());
  };
  payload.on('data', data).on('end', end).on('error', fail).on('close', close).resume();
}

function joined(pieces: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = sharedOf(bytes);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The bytes that came; what is much larger than they are is not kept for them. */
function fitted(whole: Uint8Array, length: number): Uint8Array {
  if (2 * length > whole.length) return whole.subarray(0, length);
  const fitting = sharedOf(length);
  fitting.set(whole.subarray(0, length));
  return fitting;
}

function sharedOf(bytes: number): Uint8Array {
  const found = new Uint8Array(new SharedArrayBuffer(bytes));
  countShared({ found });
  return found;
}
