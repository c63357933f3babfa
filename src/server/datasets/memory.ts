import { createHash } from 'node:crypto';
import type { Dataset } from '../../core/server-door.ts';
import { type Memory, Share } from '../memory/memory.ts';
import { type Store, StoreFailure } from '../store/store.ts';
import { datasetOf, layoutOf } from './content-file.ts';

/** A data set in memory. */
interface Entry {
  readonly dataset: Promise<Dataset>;
  readonly bytes: number;
  /** Shared with the workers: 0 once it is dropped. */
  readonly alive: Int32Array;
  readonly share: Share;
  /** Requests that compute with it. */
  users: number;
}

/**
 * Data sets in shared memory, by digest: the most recently used, up to a number of bytes. Workers get them without a copy. Their memory is taken from that of
 * all requests, which get it back where they need it and nobody computes with it.
 */
export class DatasetMemory {
  readonly #store: Store;
  readonly #limit: number;
  readonly #memory: Memory;
  /** In order of last use. */
  readonly #kept = new Map<string, Entry>();
  #bytes = 0;
  #hits = 0;
  #misses = 0;

  constructor(store: Store, limit: number, memory: Memory) {
    this.#store = store;
    this.#limit = limit;
    this.#memory = memory;
    memory.whenShort((bytes) => this.#spare(bytes));
  }

  /** How often a data set was found in memory, how often it had to be read, and the bytes in memory. */
  get use(): { hits: number; misses: number; bytes: number } {
    return { hits: this.#hits, misses: this.#misses, bytes: this.#bytes };
  }

  holds(digest: string): boolean {
    return this.#kept.has(digest);
  }

  /**
   * The data set of a digest; undefined if it is not in the store.
   *
   * @param user the memory of the request that computes with it, or of the tile of a job, until its end
   * @throws Problem `memory_full` where there is no room for it
   */
  async get(digest: string, user?: Share): Promise<Dataset | undefined> {
    const known = this.#kept.get(digest);
    if (known) {
      this.#hits++;
      this.#kept.delete(digest);
      this.#kept.set(digest, known);
      return this.#used(digest, known, user);
    }
    this.#misses++;
    const key = contentKey(digest);
    const found = await this.#store.stat(key);
    if (found === undefined) return undefined;
    return this.#used(digest, this.#kept.get(digest) ?? this.#load(digest, key, found.bytes), user);
  }

  #used(digest: string, entry: Entry, user: Share | undefined): Promise<Dataset> {
    if (user === undefined) return entry.dataset;
    entry.users++;
    user.atEnd(() => {
      entry.users--;
      if (entry.users === 0 && this.#kept.get(digest) !== entry) entry.share.end();
    });
    return entry.dataset;
  }

  #load(digest: string, key: string, bytes: number): Entry {
    const share = new Share(this.#memory);
    share.grow(bytes, 'too_many_cells');
    const alive = new Int32Array(new SharedArrayBuffer(4)).fill(1);
    const dataset = this.#read(digest, key, bytes).then((read) => ({ ...read, kept: { digest, alive } }));
    const entry = { dataset, bytes, alive, share, users: 0 };
    this.#kept.set(digest, entry);
    this.#bytes += bytes;
    dataset.catch(() => this.#drop(digest));
    for (const [oldest] of this.#kept) {
      if (this.#bytes <= this.#limit || oldest === digest) break;
      this.#drop(oldest);
    }
    return entry;
  }

  /** Drops those that nobody computes with, the least recently used first, until so many bytes are given back. */
  #spare(bytes: number): void {
    let left = bytes;
    for (const [digest, entry] of this.#kept) {
      if (left <= 0) break;
      if (entry.users > 0) continue;
      this.#drop(digest);
      left -= entry.bytes;
    }
  }

  #drop(digest: string): void {
    const entry = this.#kept.get(digest);
    if (entry === undefined) return;
    Atomics.store(entry.alive, 0, 0);
    this.#kept.delete(digest);
    this.#bytes -= entry.bytes;
    if (entry.users === 0) entry.share.end();
  }

  /** @throws StoreFailure where the content is not what was stored */
  async #read(digest: string, key: string, bytes: number): Promise<Dataset> {
    const stream = await this.#store.get(key);
    if (stream === undefined) throw new Error(`${key} is gone`);
    const file = new Uint8Array(new SharedArrayBuffer(Math.ceil(bytes / 8) * 8), 0, bytes);
    let at = 0;
    const hash = createHash('sha256');
    for await (const piece of stream) {
      hash.update(piece);
      file.set(piece, at);
      at += piece.length;
    }
    if (`sha256:${hash.digest('hex')}` !== digest)
      throw new StoreFailure(`${key} is damaged: upload the data set again`);
    layoutOf(file);
    return datasetOf(file);
  }
}

/** The store key of the content of a digest. */
export const contentKey = (digest: string): string => `content/${digest.replace(/^sha256:/, '')}`;
