import type { Dataset } from '../../core/server-door.ts';
import type { Store } from '../store/store.ts';
import { datasetOf, layoutOf } from './content-file.ts';

/** Data sets in shared memory, by digest: the most recently used, up to a number of bytes. Workers get them without a copy. */
export class DatasetMemory {
  readonly #store: Store;
  readonly #limit: number;
  /** In order of last use. */
  readonly #kept = new Map<string, { dataset: Promise<Dataset>; bytes: number; alive: Int32Array }>();
  #bytes = 0;
  #hits = 0;
  #misses = 0;

  constructor(store: Store, limit: number) {
    this.#store = store;
    this.#limit = limit;
  }

  /** How often a data set was found in memory, how often it had to be read, and the bytes in memory. */
  get use(): { hits: number; misses: number; bytes: number } {
    return { hits: this.#hits, misses: this.#misses, bytes: this.#bytes };
  }

  /** The data set of a digest; undefined if it is not in the store. */
  async get(digest: string): Promise<Dataset | undefined> {
    const known = this.#kept.get(digest);
    if (known) {
      this.#hits++;
      this.#kept.delete(digest);
      this.#kept.set(digest, known);
      return known.dataset;
    }
    this.#misses++;
    const key = contentKey(digest);
    const found = await this.#store.stat(key);
    if (found === undefined) return undefined;
    return this.#kept.get(digest)?.dataset ?? this.#load(digest, key, found.bytes);
  }

  #load(digest: string, key: string, bytes: number): Promise<Dataset> {
    const alive = new Int32Array(new SharedArrayBuffer(4)).fill(1);
    const dataset = this.#read(key, bytes).then((read) => ({ ...read, kept: { digest, alive } }));
    this.#kept.set(digest, { dataset, bytes, alive });
    this.#bytes += bytes;
    dataset.catch(() => this.#drop(digest));
    for (const [oldest] of this.#kept) {
      if (this.#bytes <= this.#limit || oldest === digest) break;
      this.#drop(oldest);
    }
    return dataset;
  }

  #drop(digest: string): void {
    const entry = this.#kept.get(digest);
    if (entry === undefined) return;
    Atomics.store(entry.alive, 0, 0);
    this.#kept.delete(digest);
    this.#bytes -= entry.bytes;
  }

  async #read(key: string, bytes: number): Promise<Dataset> {
    const stream = await this.#store.get(key);
    if (stream === undefined) throw new Error(`${key} is gone`);
    const file = new Uint8Array(new SharedArrayBuffer(Math.ceil(bytes / 8) * 8), 0, bytes);
    let at = 0;
    for await (const piece of stream) {
      file.set(piece, at);
      at += piece.length;
    }
    layoutOf(file);
    return datasetOf(file);
  }
}

/** The store key of the content of a digest. */
export const contentKey = (digest: string): string => `content/${digest.replace(/^sha256:/, '')}`;
