import { setTimeout } from 'node:timers/promises';
import type { JobSpeeds } from './job-speeds.ts';
import type { Claim } from './queue.ts';
import type { Site } from './site.ts';
import { type WaitingJob, whatIsHeld, whatWaits } from './survey.ts';

/** Tiles of one claim at most; and no claim is more than an even part of what waits, divided by this: the last tiles are for whoever is free first. */
const MOST_TILES = 32;
const PARTS = 2;
/** How long to wait before looking again if others took every tile that was seen. */
const AGAIN_MS = 50;
/** A tile that takes another process this many times as long as tiles of its job do is slow. */
const SLOW = 1.5;

/** Chooses which tiles this process computes next. All processes choose so: then the whole fleet is fair. */
export class TileChoice {
  readonly #site: Site;
  readonly #speeds: JobSpeeds;
  /** How many cells each owner has been given, divided by its share, for fairness. */
  readonly #given = new Map<string, number>();

  constructor(site: Site, speeds: JobSpeeds) {
    this.#site = site;
    this.#speeds = speeds;
  }

  /**
   * Claims the next tiles: of the owner who was given the least, from the oldest job with free tiles; then one that is slow elsewhere.
   *
   * @param own the tiles that this process has in hand, and in how many claims it took them
   * @returns `'again'` if others were faster: there may be more
   */
  async next(own: { readonly tiles: readonly Claim[]; readonly claims: number }): Promise<Claim[] | 'again'> {
    const { table, queue, kernel, database, goneSeconds } = this.#site;
    const owners = await whatWaits(database.query, kernel, goneSeconds, PARTS * MOST_TILES);
    const given = (owner: string): number => this.#given.get(owner) ?? 0;
    for (const owner of this.#given.keys()) if (!owners.some((open) => open.owner === owner)) this.#given.delete(owner);
    const least = Math.min(...owners.map(({ owner }) => given(owner)));
    for (const { owner } of owners)
      if (!this.#given.has(owner)) this.#given.set(owner, Number.isFinite(least) ? least : 0);
    let areOthersFaster = false;
    for (const { owner, job } of owners.toSorted((a, b) => given(a.owner) - given(b.owner))) {
      if (job === undefined) continue;
      const claims = await queue.claim(job.id, this.#atOnce(job));
      if (claims.length === 0) {
        areOthersFaster = true;
        continue;
      }
      this.#given.set(owner, given(owner) + (claims.length * job.cells) / job.tiles / job.share);
      if (job.status === 'queued') await table.start(job.id);
      return claims;
    }
    if (areOthersFaster) {
      await setTimeout(AGAIN_MS);
      return 'again';
    }
    return owners.length > 0 ? this.#held(own) : [];
  }

  /**
   * How many tiles of a job to take at once. Tiles are cut for the slowest process: this one takes what its thread computes in the time that one tile should take,
   * so that round trips to the database do not count. Near the end of a job it takes them one by one.
   */
  #atOnce({ id, cells, tiles, waiting, processes }: WaitingJob): number {
    const speed = this.#speeds.of(id);
    if (speed === undefined) return 1;
    const inTime = (this.#site.config.TILE_MS * speed) / (cells / tiles);
    const evenPart = waiting / (PARTS * processes);
    return Math.floor(Math.max(1, Math.min(inTime, evenPart, MOST_TILES)));
  }

  /** Nothing waits: a tile whose process is gone, or slow. A job with a tile that nobody can compute fails. */
  async #held({ tiles, claims }: { readonly tiles: readonly Claim[]; readonly claims: number }): Promise<Claim[]> {
    const { queue, table, config, database, kernel } = this.#site;
    const own = tiles.map(({ attempt }) => attempt.id);
    for (const { id, isDone, isLost, hopeless, slow } of await whatIsHeld(
      database.query,
      kernel,
      own,
      SLOW,
      config.TILE_MS,
    )) {
      if (isDone) await table.succeed(id);
      else if (hopeless !== null) {
        const detail = `tile ${hopeless} ended every process that computed it: make the series shorter, or ask for less at once`;
        await table.end(id, 'failed', { code: 'worker_lost', detail });
      } else if (isLost && !database.alone) {
        this.#site.retried('process', await queue.releaseLost(id));
        return queue.claim(id);
      } else if (slow !== null && !database.alone && claims < config.WORKERS) {
        const claim = await queue.claimSecond(id, slow);
        if (claim) return [claim];
      }
    }
    return [];
  }
}
