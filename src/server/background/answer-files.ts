import { buffer } from 'node:stream/consumers';
import { deserialize, serialize } from 'node:v8';
import type { Store } from '../store/store.ts';
import { Damaged } from './damaged.ts';
import { digestOf } from './digest.ts';
import { putIntact } from './put-intact.ts';

/** The responses of the tiles of a job whose result is not a matrix, one file each. */
export class AnswerFiles {
  readonly #store: Store;
  readonly #folder: string;

  constructor(store: Store, job: string) {
    this.#store = store;
    this.#folder = `jobs/${job}/tile/`;
  }

  /** Stores the response of a tile. @returns the digest of its bytes */
  async put(tile: number, answer: object): Promise<string> {
    const bytes = serialize(unshared(answer));
    const digest = digestOf(bytes);
    await putIntact(this.#store, this.#key(tile, digest), bytes, digest);
    return digest;
  }

  /** The responses of the tiles. @throws Damaged */
  async all(digests: readonly string[]): Promise<object[]> {
    const answers: object[] = [];
    for (const [tile, digest] of digests.entries()) {
      const stream = await this.#store.get(this.#key(tile, digest));
      if (stream === undefined) throw new Damaged(tile);
      const bytes = await buffer(stream);
      if (digestOf(bytes) !== digest) throw new Damaged(tile);
      answers.push(deserialize(bytes));
    }
    return answers;
  }

  /** Two processes that compute the same tile may find different answers, such as how many candidates were pruned: each has a file of its own. */
  #key(tile: number, digest: string): string {
    return `${this.#folder}${tile}/${digest.slice(0, 16)}`;
  }
}

/** Arrays in shared memory cannot be serialized: copies of them can. */
function unshared(value: unknown): unknown {
  if (ArrayBuffer.isView(value))
    return value.buffer instanceof SharedArrayBuffer ? (value as Float64Array).slice() : value;
  if (Array.isArray(value)) return value.map(unshared);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unshared(part)]));
}
