/**
 * Makes the garbage collector of this thread see shared memory. V8 does not count it (the same memory may be in many threads), so what a
 * request shared would stay until something else fills the heap: gigabytes, under large requests. For each shared array that a message
 * brings, memory of the same size is set aside that V8 does count and nobody touches; both die together.
 *
 * @param message plain objects and typed arrays
 */
export function countShared(message: unknown): void {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return;
  if (!ArrayBuffer.isView(message)) {
    for (const part of Object.values(message)) countShared(part);
    return;
  }
  const { buffer } = message;
  if (!(buffer instanceof SharedArrayBuffer) || buffer.byteLength < WORTH_IT || ballast.has(buffer)) return;
  ballast.set(buffer, new ArrayBuffer(buffer.byteLength));
}

/** Less is collected in time anyway. The system gives a larger array its memory when it is touched, and this never is. */
const WORTH_IT = 128 * 1024;

const ballast = new WeakMap<SharedArrayBuffer, ArrayBuffer>();
