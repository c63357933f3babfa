import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { digestPattern } from '../dataset-reference.ts';
import type { Store } from '../store/store.ts';

/** A version of a data set: the content of a name from some time on. */
export interface Version {
  readonly name: string;
  readonly version: number;
  /** `sha256:` and hex. */
  readonly digest: string;
  /** When it was stored, in milliseconds since 1970. */
  readonly at: number;
}

/** How many names are remembered. */
const MOST = 1000;

const record = z.object({ digest: z.string().regex(digestPattern), at: z.number() });

/**
 * The names and their versions. Each version is an object of its own that never changes, so that two callers who upload at the same
 * time get two versions, on any store: `names/{owner}/={name}/{version}`. A name can begin with a dot; its folder cannot.
 */
export class Names {
  readonly #store: Store;
  /** The newest versions of names, as long as the store's stamp of their folder is the same; the last is the most recently used. */
  readonly #newest = new Map<string, { readonly stamp: string; readonly version: Version }>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Gives a name new content; with `onlyNew`, unless it has some. @returns undefined in that case */
  async point(owner: string, name: string, digest: string, onlyNew: boolean): Promise<Version | undefined> {
    for (;;) {
      const versions = await this.versions(owner, name);
      if (onlyNew && versions.length > 0) return undefined;
      const version = (versions.at(-1)?.version ?? 0) + 1;
      const at = Date.now();
      const bytes = Buffer.from(JSON.stringify({ digest, at }));
      if (await this.#store.put(`${folderOf(owner, name)}${String(version).padStart(10, '0')}`, bytes)) {
        return { name, version, digest, at };
      }
      if (onlyNew) return undefined;
    }
  }

  /** All versions of a name, oldest first; none if there is no such name. */
  async versions(owner: string, name: string): Promise<Version[]> {
    const found: Version[] = [];
    for await (const { key } of this.#store.list(folderOf(owner, name))) {
      const version = await this.#read(key, name);
      if (version) found.push(version);
    }
    return found;
  }

  /** The newest version of a name. */
  async newest(owner: string, name: string): Promise<Version | undefined> {
    const folder = folderOf(owner, name);
    const stamp = await this.#store.stamp?.(folder);
    const known = this.#newest.get(folder);
    this.#newest.delete(folder);
    if (stamp !== undefined && known?.stamp === stamp) {
      this.#newest.set(folder, known);
      return known.version;
    }
    const version = await this.#readNewest(folder, name);
    if (stamp !== undefined && version !== undefined) this.#newest.set(folder, { stamp, version });
    for (const [oldest] of this.#newest) {
      if (this.#newest.size <= MOST) break;
      this.#newest.delete(oldest);
    }
    return version;
  }

  async #readNewest(folder: string, name: string): Promise<Version | undefined> {
    const keys: string[] = [];
    for await (const { key } of this.#store.list(folder)) keys.push(key);
    for (const key of keys.reverse()) {
      const version = await this.#read(key, name);
      if (version) return version;
    }
    return undefined;
  }

  /** The names of an owner, in order. */
  async all(owner: string): Promise<string[]> {
    const names = new Set<string>();
    for await (const { key } of this.#store.list(`names/${owner}/`)) names.add((key.split('/')[2] as string).slice(1));
    return [...names].sort();
  }

  /** Every digest that any name of any owner has. */
  async digests(): Promise<Set<string>> {
    const found = new Set<string>();
    for await (const { key } of this.#store.list('names/')) {
      const version = await this.#read(key, '');
      if (version) found.add(version.digest);
    }
    return found;
  }

  /** Removes a name with all its versions. @returns whether there was one */
  async remove(owner: string, name: string): Promise<boolean> {
    const keys: string[] = [];
    for await (const { key } of this.#store.list(folderOf(owner, name))) keys.push(key);
    // The newest last, so that a concurrent reader sees it or nothing, never an older one.
    for (const key of keys) await this.#store.delete(key);
    return keys.length > 0;
  }

  async #read(key: string, name: string): Promise<Version | undefined> {
    const stream = await this.#store.get(key);
    if (stream === undefined) return undefined;
    const { digest, at } = record.parse(JSON.parse(await text(stream)));
    return { name, version: Number(key.split('/').at(-1)), digest, at };
  }
}

const folderOf = (owner: string, name: string): string => `names/${owner}/=${name}/`;
