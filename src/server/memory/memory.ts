import { type Code, Problem } from '../http/errors.ts';

/** A request that takes more than this is large. */
const LARGE = 2 ** 20;
/** The part of the memory that large requests may fill: the rest is kept for small ones. */
const LARGE_PART = 0.875;

/** The memory that all requests in flight may take together, in bytes: what they send, what it becomes, and what they are answered. */
export class Memory {
  readonly limit: number;
  #used = 0;
  #spare: (bytes: number) => void = () => {};

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes that are taken. */
  get used(): number {
    return this.#used;
  }

  /** Says who gives back so many bytes where it can, when others need them. */
  whenShort(spare: (bytes: number) => void): void {
    this.#spare = spare;
  }

  /** Takes bytes for whoever then has `all`; false if there is no room. */
  take(bytes: number, all: number): boolean {
    const room = all > LARGE ? LARGE_PART * this.limit : this.limit;
    if (this.#used + bytes > room) this.#spare(this.#used + bytes - room);
    if (this.#used + bytes > room) return false;
    this.#used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#used -= bytes;
  }

  /** The most that a single request can ever have. */
  get most(): number {
    return LARGE_PART * this.limit;
  }
}

/** What one request has of the memory. It is taken before it is used, and given back at the end. */
export class Share {
  readonly #memory: Memory;
  #bytes = 0;
  #isOpen = true;
  #ends: (() => void)[] | undefined;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /**
   * Takes so many bytes more.
   *
   * @param tooLarge the problem of a request that does not fit even when it is alone
   * @throws Problem `memory_full` if others have too much of it, and `tooLarge`
   */
  grow(bytes: number, tooLarge: Code): void {
    const all = Math.ceil(this.#bytes + bytes);
    if (!this.#isOpen) return;
    if (all > this.#memory.most) {
      throw new Problem(
        tooLarge,
        `the request needs ${all} bytes of memory, and one request can have ${Math.floor(this.#memory.most)} (MAX_MEMORY_BYTES is ${this.#memory.limit}): send fewer values, or ask for fewer`,
      );
    }
    if (!this.growIfFree(bytes)) throw memoryFull(all, this.#memory);
  }

  /** Takes so many bytes more if they are free now; false if they are not. */
  growIfFree(bytes: number): boolean {
    const all = Math.ceil(this.#bytes + bytes);
    if (!this.#isOpen || all > this.#memory.most || !this.#memory.take(all - this.#bytes, all)) return false;
    this.#bytes = all;
    return true;
  }

  /** Has so many bytes from now on, and no more. */
  shrink(bytes: number): void {
    if (bytes >= this.#bytes) return;
    this.#memory.give(this.#bytes - bytes);
    this.#bytes = bytes;
  }

  /** Does something when the request is over; at once if it is. */
  atEnd(act: () => void): void {
    this.#ends ??= [];
    if (this.#isOpen) this.#ends.push(act);
    else act();
  }

  /** Gives everything back. Nothing can be taken afterwards. */
  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#memory.give(this.#bytes);
    this.#bytes = 0;
    for (const act of this.#ends ?? []) act();
  }
}

const memoryFull = (bytes: number, { used, limit }: Memory): Problem =>
  new Problem(
    'memory_full',
    `the request needs ${bytes} bytes of memory, and requests in flight have ${used} of ${limit} (MAX_MEMORY_BYTES): try again later`,
    { headers: { 'retry-after': '2' } },
  );
