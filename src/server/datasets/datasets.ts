import { createHash } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { type Dataset, nearestName } from '../../core/server-door.ts';
import type { Reference } from '../dataset-reference.ts';
import type { Content } from '../formats/format.ts';
import { Problem } from '../http/errors.ts';
import type { Memory, Share } from '../memory/memory.ts';
import { type Store, StoreFailure } from '../store/store.ts';
import { contentOf } from './content.ts';
import type { Facts } from './facts.ts';
import { contentKey, DatasetMemory } from './memory.ts';
import { Names, type Version } from './names.ts';

/** The description of a stored data set. */
export type Kept = Version & Omit<Facts, 'warnings'>;

/** The stored data sets: their names, the versions of each, and their content. */
export class Datasets {
  readonly #store: Store;
  readonly #names: Names;
  readonly #memory: DatasetMemory;

  /** @param cacheBytes bytes of data sets to keep in memory, which are taken from `memory` */
  constructor(store: Store, cacheBytes: number, memory: Memory) {
    this.#store = store;
    this.#names = new Names(store);
    this.#memory = new DatasetMemory(store, cacheBytes, memory);
  }

  /** How the memory is used. */
  get use(): DatasetMemory['use'] {
    return this.#memory.use;
  }

  /**
   * Gives a name the content of a file in the canonical form. The same content again changes nothing.
   *
   * @returns the version, and whether it is new; undefined if `onlyNew` and the name is taken
   */
  async put(
    owner: string,
    name: string,
    file: string,
    facts: Facts,
    onlyNew: boolean,
  ): Promise<{ kept: Kept; isNew: boolean } | undefined> {
    const before = await this.#names.newest(owner, name);
    if (before && onlyNew) return undefined;
    const told = await this.keep(file, facts);
    if (before?.digest === facts.digest) return { kept: { ...told, ...before }, isNew: false };
    const version = await this.#names.point(owner, name, facts.digest, onlyNew);
    return version && { kept: { ...told, ...version }, isNew: true };
  }

  /** Stores content without a name: it stays as long as a job needs it. */
  async keep(file: string, { warnings: _, ...told }: Facts): Promise<Omit<Facts, 'warnings'>> {
    const key = contentKey(told.digest);
    if (!(await this.#store.put(key, { file })) && !(await this.#isWhole(told.digest))) {
      await this.#store.delete(key);
      await this.#store.put(key, { file });
    }
    await this.#store.put(factsKey(told.digest), Buffer.from(JSON.stringify(told)));
    return told;
  }

  /** Whether content in the store is what was stored: the same upload again repairs it if it is not. */
  async #isWhole(digest: string): Promise<boolean> {
    const stream = await this.#store.get(contentKey(digest));
    const hash = createHash('sha256');
    if (stream) for await (const piece of stream) hash.update(piece);
    return `sha256:${hash.digest('hex')}` === digest;
  }

  /** The data set of a digest in shared memory, with `user` until that ends. @throws StoreFailure where it is gone */
  async byDigest(digest: string, user?: Share): Promise<Dataset> {
    const found = await this.#memory.get(digest, user);
    if (found === undefined) throw new StoreFailure(`the content ${digest} is gone`);
    return found;
  }

  /** Whether the data set of a digest is in memory. */
  holds(digest: string): boolean {
    return this.#memory.holds(digest);
  }

  /** Deletes content that no name has and that is not in `needed`, unless it is younger than the given number of milliseconds. */
  async collect(needed: ReadonlySet<string>, youngerMs: number): Promise<number> {
    const named = await this.#names.digests();
    let deleted = 0;
    for await (const { key, at } of this.#store.list('content/')) {
      const digest = `sha256:${key.slice('content/'.length)}`;
      if (named.has(digest) || needed.has(digest) || Date.now() - at < youngerMs) continue;
      await this.#store.delete(key);
      await this.#store.delete(factsKey(digest));
      deleted++;
    }
    return deleted;
  }

  /** Describes a data set. @throws Problem `dataset_not_found` */
  async describe(owner: string, reference: Reference): Promise<Kept> {
    const version = await this.#find(owner, reference);
    const stream = await this.#store.get(factsKey(version.digest));
    if (stream === undefined) throw gone(reference.name);
    return { ...((await json(stream)) as Facts), ...version };
  }

  /** The names of an owner. */
  names(owner: string): Promise<string[]> {
    return this.#names.all(owner);
  }

  /** Deletes a name; its content is deleted when nothing else needs it. @throws Problem `dataset_not_found` */
  async remove(owner: string, name: string): Promise<void> {
    if (!(await this.#names.remove(owner, name))) throw await this.#notFound(owner, { name });
  }

  /** The content, to be written. @throws Problem `dataset_not_found` */
  async content(owner: string, reference: Reference): Promise<Content> {
    const { digest } = await this.#find(owner, reference);
    const found = await contentOf(this.#store, digest);
    if (found === undefined) throw gone(reference.name);
    return found;
  }

  /** The content of a digest, to be written. @throws StoreFailure where it is gone */
  async kept(digest: string): Promise<Content> {
    const found = await contentOf(this.#store, digest);
    if (found === undefined) throw new StoreFailure(`the content ${digest} is gone`);
    return found;
  }

  /** The data set in shared memory, until the request with this memory ends. @throws Problem `dataset_not_found` */
  async load(owner: string, reference: Reference, user: Share): Promise<Dataset> {
    const { digest } = await this.#find(owner, reference);
    const found = await this.#memory.get(digest, user);
    if (found === undefined) throw gone(reference.name);
    return found;
  }

  async #find(owner: string, reference: Reference): Promise<Version> {
    const { name, digest } = reference;
    const found =
      digest === undefined
        ? await this.#names.newest(owner, name)
        : (await this.#names.versions(owner, name)).findLast((version) => version.digest === digest);
    if (found === undefined) throw await this.#notFound(owner, reference);
    return found;
  }

  async #notFound(owner: string, { name, digest }: Reference): Promise<Problem> {
    const names = await this.#names.all(owner);
    if (digest !== undefined && names.includes(name)) {
      return new Problem('dataset_not_found', `the data set "${name}" never had the content ${digest}`);
    }
    const near = nearestName(name, names);
    const advice = near === undefined ? 'PUT /datasets/{name} stores one' : `did you mean "${near}"?`;
    return new Problem('dataset_not_found', `there is no data set "${name}": ${advice}`);
  }
}

/** The store key of the description of a digest. */
const factsKey = (digest: string): string => `facts/${digest.replace(/^sha256:/, '')}`;

/** It was deleted between finding and reading it. */
const gone = (name: string): Problem =>
  new Problem('dataset_not_found', `the data set "${name}" was deleted while it was being read`);
