import { errorCodes } from 'fastify';

/**
 * Collects a body chunk by chunk into memory that workers share: copying fifty megabytes at once would block the event loop for as many
 * milliseconds.
 *
 * @param length expected bytes, if known
 * @throws FST_ERR_CTP_BODY_TOO_LARGE as soon as more than the limit has arrived
 */
export async function collect(
  payload: AsyncIterable<Uint8Array>,
  limit: number,
  length: number | undefined,
): Promise<Uint8Array> {
  if (length !== undefined && length > limit) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
  let all = new Uint8Array(new SharedArrayBuffer(length ?? FIRST));
  let at = 0;
  for await (const piece of payload) {
    if (at + piece.length > limit) throw new errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
    if (at + piece.length > all.length) all = grown(all, at + piece.length);
    all.set(piece, at);
    at += piece.length;
  }
  return all.subarray(0, at);
}

/** Bytes to start with if the length is unknown; doubled as often as needed. */
const FIRST = 64 * 1024;

function grown(old: Uint8Array, least: number): Uint8Array<SharedArrayBuffer> {
  const larger = new Uint8Array(new SharedArrayBuffer(Math.max(least, 2 * old.length)));
  larger.set(old);
  return larger;
}
