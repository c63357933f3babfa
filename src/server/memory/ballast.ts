/**
 * Makes the garbage collector of this thread see shared memory. V8 does not count it (many threads may hold the same memory), so what a
 * request shared would stay until something else fills the heap: gigabytes, under large requests. For each shared array in a message,
 * memory of the same size is allocated that V8 does count and nobody touches; both are collected together. The same memory arrives as a new
 * object with every message: each of the jobs of a request counts its part of it, else a matrix of many tiles would be counted, and collected,
 * once for each tile.
 *
 * @param message plain objects and typed arrays
 * @param jobs how many messages bring the same memory
 */
export function countShared(message: unknown, jobs = 1): void {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return;
  if (!ArrayBuffer.isView(message)) {
    if ('kept' in message) return; // it outlives the request, and has a budget of its own
    for (const part of Object.values(message)) countShared(part, jobs);
    return;
  }
  const { buffer } = message;
  if (!(buffer instanceof SharedArrayBuffer) || buffer.byteLength < WORTH_IT || ballast.has(buffer)) return;
  ballast.set(buffer, untouched(Math.ceil(buffer.byteLength / jobs)));
}

/** Addresses alone, as a buffer that may be resized has pages of its own. Another one gets memory that was used before, which is cleared: that takes it, and time. */
const untouched = (bytes: number): ArrayBuffer => new ArrayBuffer(bytes, { maxByteLength: bytes });

/** Smaller arrays are collected in time anyway. */
const WORTH_IT = 128 * 1024;

const ballast = new WeakMap<SharedArrayBuffer, ArrayBuffer>();
