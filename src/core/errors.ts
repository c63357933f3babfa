/**
 * What the caller did wrong and how to fix it. A `RangeError`, like every error of the core.
 *
 * `code` is stable and snake_case. `path` leads from the arguments to the offending value, e.g. `['s1', 3, 0]`.
 */
export class InvalidInput extends RangeError {
  readonly code: string;
  readonly path: readonly (string | number)[];

  constructor(message: string, path: readonly (string | number)[] = [], code = 'invalid_input') {
    super(message);
    this.name = 'InvalidInput';
    this.code = code;
    this.path = path;
  }
}

/** Thrown by a computation whose `cancel` flag was raised. */
export class Cancelled extends Error {
  constructor() {
    super('the computation was cancelled');
    this.name = 'Cancelled';
  }
}

/** A flag in shared memory. It is raised by storing a non-zero first element. */
export type CancelFlag = Int32Array;

let pause: (() => void) | undefined;

/**
 * Sets what this thread does whenever a computation asks whether to go on: it may compute something else there, by `apart`, before
 * the computation goes on.
 */
export function whenPolled(act: () => void): void {
  pause = act;
}

/** Throws {@link Cancelled} once the flag is up. Loops poll it about once a millisecond. */
export function throwIfCancelled(cancel: CancelFlag | undefined): void {
  if (cancel !== undefined && Atomics.load(cancel, 0) !== 0) throw new Cancelled();
  pause?.();
}

let reading: CancelFlag | undefined;

/** Runs what has no argument for a flag, such as the reading of series inside of a schema: {@link throwIfStopped} throws there once it is up. */
export function stoppable<T>(cancel: CancelFlag, compute: () => T): T {
  const before = reading;
  reading = cancel;
  try {
    return compute();
  } finally {
    reading = before;
  }
}

/** Throws {@link Cancelled} where {@link stoppable} runs and its flag is up. */
export function throwIfStopped(): void {
  if (reading !== undefined) throwIfCancelled(reading);
}
