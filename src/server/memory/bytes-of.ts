/** What travels to a worker is copied there and on the way, unless it is shared. */
const COPIES = 3;

/** The memory that a validated body takes until it is answered, in bytes: its arrays of numbers, in plain objects. Kept data sets have memory of their own. */
export function bytesOf(body: unknown): number {
  if (typeof body !== 'object' || body === null) return 0;
  if (Array.isArray(body)) return 8 * body.length + body.reduce((sum: number, part) => sum + bytesOf(part), 0);
  if (ArrayBuffer.isView(body)) return body.byteLength * (body.buffer instanceof SharedArrayBuffer ? 1 : COPIES);
  if ('kept' in body) return 0;
  return Object.values(body).reduce((sum: number, part) => sum + bytesOf(part), 0);
}
