import type { Readable } from 'node:stream';

/** What is put into a store: bytes, or a file whose bytes they are, which the store may take for itself. */
export type Content = Uint8Array | { readonly file: string };

/** An object of the store. */
export interface Entry {
  readonly key: string;
  readonly bytes: number;
  /** When it was put, in milliseconds since 1970. */
  readonly at: number;
}

/** A run of an object's bytes: from `from` up to, but not including, `to`, or the end. */
export interface Range {
  readonly from: number;
  readonly to?: number;
}

/**
 * Where data sets and results of jobs stay: objects that never change, under keys of `a-z A-Z 0-9 . _ = -` between slashes. An object is
 * there whole or not at all, whatever ends in the middle of putting it.
 */
export interface Store {
  /** What it is, for the log. */
  readonly name: string;
  /** Puts an object unless the key is taken, and says whether it did. @throws StoreFailure */
  put(key: string, content: Content): Promise<boolean>;
  /** Reads an object, or a part of it; undefined where there is none. @throws StoreFailure */
  get(key: string, range?: Range): Promise<Readable | undefined>;
  /** Its size and age; undefined where there is none. @throws StoreFailure */
  stat(key: string): Promise<Entry | undefined>;
  /** All objects whose keys begin with a prefix that ends in a slash, in the order of their keys. @throws StoreFailure */
  list(prefix: string): AsyncIterable<Entry>;
  /** Deletes an object; nothing happens where there is none. Whoever is reading it reads on. @throws StoreFailure */
  delete(key: string): Promise<void>;
}

/** The store could not do what it was asked to: it is full, gone, or not allowed. */
export class StoreFailure extends Error {
  readonly full: boolean;

  constructor(message: string, { cause, full = false }: { cause?: unknown; full?: boolean } = {}) {
    super(message, { cause });
    this.name = 'StoreFailure';
    this.full = full;
  }
}

/** Parts of a key: no empty ones and none that a file system takes for a way up. */
const PART = /^(?!\.{1,2}$)[A-Za-z0-9._=-]{1,200}$/;

/** @throws RangeError for a key that no store may be asked for */
export function requireKey(key: string): void {
  if (!key.split('/').every((part) => PART.test(part))) throw new RangeError(`not a key of the store: ${key}`);
}
