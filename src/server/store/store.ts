import type { Readable } from 'node:stream';

/** What is put into a store: bytes, or a file with the bytes, which the store may take over. */
export type Content = Uint8Array | { readonly file: string };

/** An object of the store. */
export interface Entry {
  readonly key: string;
  readonly bytes: number;
  /** When it was stored, in milliseconds since 1970. */
  readonly at: number;
}

/** A range of an object's bytes: from `from` up to, but not including, `to`, or the end. */
export interface Range {
  readonly from: number;
  readonly to?: number;
}

/**
 * Where data sets and job results are stored: objects that never change, under keys of `a-z A-Z 0-9 . _ = -` between slashes. An object is
 * there completely or not at all, even if the process ends while storing it.
 */
export interface Store {
  /** Its description, for the log. */
  readonly name: string;
  /** Puts an object unless the key is taken, and says whether it did. @throws StoreFailure */
  put(key: string, content: Content): Promise<boolean>;
  /** Reads an object, or a part of it; undefined if there is none. @throws StoreFailure */
  get(key: string, range?: Range): Promise<Readable | undefined>;
  /** Its size and age; undefined if there is none. @throws StoreFailure */
  stat(key: string): Promise<Entry | undefined>;
  /** All objects whose keys start with a prefix that ends in a slash, ordered by key. @throws StoreFailure */
  list(prefix: string): AsyncIterable<Entry>;
  /**
   * A text that changes whenever an object directly under a prefix is put or deleted, much cheaper than listing them; undefined where it cannot tell, which
   * is also so shortly after a change. Absent: it never can. @throws StoreFailure
   */
  stamp?(prefix: string): Promise<string | undefined>;
  /** Deletes an object, if it exists. Whoever is reading it can continue. @throws StoreFailure */
  delete(key: string): Promise<void>;
}

/** The store failed: it is full, gone, or not accessible. */
export class StoreFailure extends Error {
  /** Whether there is no space left. */
  readonly full: boolean;

  constructor(message: string, { cause, full = false }: { cause?: unknown; full?: boolean } = {}) {
    super(message, { cause });
    this.name = 'StoreFailure';
    this.full = full;
  }
}

/** An error of the file system as a failure of the store; any other error as it is. `what`: what could not be done. */
export function asStoreFailure(what: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return error;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new StoreFailure(`${what}: ${full ? 'there is no space left' : code}`, { cause: error, full });
}

/** Parts of a key: none that are empty, or that a file system takes as a parent directory. */
const PART = /^(?!\.{1,2}$)[A-Za-z0-9._=-]{1,200}$/;

/** @throws RangeError for an invalid key */
export function requireKey(key: string): void {
  if (!key.split('/').every((part) => PART.test(part))) throw new RangeError(`not a key of the store: ${key}`);
}
