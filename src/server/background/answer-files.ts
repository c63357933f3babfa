import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { deserialize, serialize } from 'node:v8';
import type { Store } from '../store/store.ts';
import { Damaged } from './damaged.ts';

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
    const key = `${this.#folder}${tile}`;
    if (!(await this.#store.put(key, bytes))) {
      await this.#store.delete(key);
      await this.#store.put(key, bytes);
    }
    return createHash('sha256').update(bytes).digest('hex');
  }

  /** The responses of the tiles. @throws Damaged */
  async all(digests: readonly string[]): Promise<object[]> {
    const answers: object[] = [];
    for (const [tile, digest] of digests.entries()) {
      const stream = await this.#store.get(`${this.#folder}${tile}`);
      if (stream === undefined) throw new Damaged(tile);
      const bytes = await buffer(stream);
      if (createHash('sha256').update(bytes).digest('hex') !== digest) throw new Damaged(tile);
      answers.push(deserialize(bytes));
    }
    return answers;
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
