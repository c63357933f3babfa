/** A value that is created on first use, so that the service starts faster. */
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
