/**
 * What the caller did wrong, said so that the caller can mend it. A `RangeError`, as every error of the core is.
 *
 * `code` is stable and snake_case. `path` leads from the arguments to the offending place, e.g. `['s1', 3, 0]`.
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

/** A flag in shared memory: whoever holds it raises it by storing a non-zero first element. */
export type CancelFlag = Int32Array;

/** Throws {@link Cancelled} once the flag is up. Loops poll it once per row or diagonal. */
export function throwIfCancelled(cancel: CancelFlag | undefined): void {
  if (cancel !== undefined && Atomics.load(cancel, 0) !== 0) throw new Cancelled();
}
