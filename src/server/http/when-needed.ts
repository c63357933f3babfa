/** A value that is made at its first use: the service starts faster without those that nobody has asked for. */
export class WhenNeeded<T> {
  readonly #make: () => T;
  #made: { readonly value: T } | undefined;

  constructor(make: () => T) {
    this.#make = make;
  }

  /** Made at most once. */
  get value(): T {
    this.#made ??= { value: this.#make() };
    return this.#made.value;
  }
}
