import { setTimeout } from 'node:timers/promises';
import { computeTile } from './compute-tile.ts';
import { failedTile } from './failed-tile.ts';
import { JobSpeeds } from './job-speeds.ts';
import { JobsAtHand } from './jobs-at-hand.ts';
import type { Claim } from './queue.ts';
import { type Site, warnOfTile } from './site.ts';
import { TileChoice } from './tile-choice.ts';

/**
 * Claims that a process has in hand at least, so that the next can start while the last pieces of one are running; but no more than it has threads, since all of
 * them are lost if it is killed. A claim is a tile, or several that take no longer than one should.
 */
const CLAIMS = 2;
/** How long to wait before looking whether threads are idle although there are so many. */
const THREADS_MS = 50;
/** How often to send heartbeats, and to check whether jobs are still wanted. */
const TOUCH_MS = 3000;
const LOOK_MS = 800;
/** How long to wait when idle before checking for jobs from other processes. */
const IDLE_MS = 2000;

/** Computes tiles of jobs on this process's threads, after all other requests. */
export class Runner {
  readonly #site: Site;
  readonly #jobs: JobsAtHand;
  readonly #speeds = new JobSpeeds();
  readonly #choice: TileChoice;
  readonly #claims = new Map<Claim, AbortController>();
  readonly #timers: NodeJS.Timeout[] = [];
  #wake: (() => void) | undefined;
  #woken = false;
  #begun = 0;
  #closing = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(site: Site) {
    this.#site = site;
    this.#jobs = new JobsAtHand(site);
    this.#choice = new TileChoice(site, this.#speeds);
  }

  /** How many tiles it has begun and not recorded. */
  get inHand(): number {
    return this.#begun;
  }

  start(): void {
    this.#loop = this.#run();
    const every = (ms: number, act: () => Promise<void>): void => {
      const timer = setInterval(() => void act().catch((error) => warnOfTile(this.#site, error)), ms);
      this.#timers.push(timer.unref());
    };
    every(TOUCH_MS, () => this.#site.queue.touch([...this.#claims.keys()]));
    every(LOOK_MS, () => this.#look());
  }

  /** Wakes the runner: there may be something to do. */
  wake(): void {
    this.#woken = true;
    this.#wake?.();
  }

  /** Stops the tiles of a job at once. */
  abandon(job: string): void {
    for (const [claim, controller] of this.#claims) if (claim.job === job) controller.abort(new Error('cancelled'));
    this.#jobs.delete(job);
  }

  /** Gives back the tiles it holds. */
  async close(): Promise<void> {
    this.#closing = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const controller of this.#claims.values()) controller.abort(new Error('shutting down'));
    this.wake();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const running = new Set<Promise<void>>();
    while (!this.#closing) {
      this.#woken = false;
      const looks = this.#hasRoom(running.size);
      const claims = looks ? await this.#next(running.size) : [];
      if (claims === 'again') continue;
      if (claims.length > 0) {
        const done: Promise<void> = this.#batch(claims).finally(() => {
          running.delete(done);
          this.wake();
        });
        running.add(done);
        continue;
      }
      const mayTakeMore = running.size >= CLAIMS && running.size < this.#site.config.WORKERS;
      await this.#sleep(!looks && mayTakeMore ? THREADS_MS : IDLE_MS);
    }
    await Promise.all(running);
  }

  /** A process takes what its threads can: a tile of one piece keeps one of them busy, others all of them. */
  #hasRoom(claims: number): boolean {
    const { pool, config } = this.#site;
    if (claims >= config.WORKERS) return false;
    return claims < CLAIMS || (pool.load.running < config.WORKERS && pool.load.jobs === 0);
  }

  async #next(claims: number): Promise<Claim[] | 'again'> {
    try {
      return await this.#choice.next({ tiles: [...this.#claims.keys()], claims });
    } catch (error) {
      warnOfTile(this.#site, error);
      return [];
    }
  }

  async #sleep(ms: number): Promise<void> {
    if (this.#woken) return;
    const awake = new AbortController();
    this.#wake = () => awake.abort();
    await setTimeout(ms, undefined, { signal: awake.signal }).catch(() => {});
  }

  async #look(): Promise<void> {
    if (this.#claims.size === 0) return;
    for (const { job, tile, isStopped } of await this.#site.table.unwanted([...this.#claims.keys()])) {
      if (isStopped) this.abandon(job);
      for (const [claim, controller] of this.#claims)
        if (claim.job === job && claim.tile === tile) controller.abort(new Error('done by another process'));
    }
  }

  /** Computes the tiles of a claim, one after the other. What fails is not tried on the others: they are given back. */
  async #batch(claims: readonly Claim[]): Promise<void> {
    const held = claims.map((claim) => [claim, new AbortController()] as const);
    for (const [claim, controller] of held) this.#claims.set(claim, controller);
    if (this.#closing) for (const [, controller] of held) controller.abort(new Error('shutting down'));
    for (const [claim, controller] of held) {
      const hasFailed = await this.#compute(claim, controller);
      if (hasFailed) for (const [, other] of held) other.abort(new Error('another tile has failed'));
    }
  }

  /** @returns whether it failed */
  async #compute(claim: Claim, { signal }: AbortController): Promise<boolean> {
    this.#begun++;
    try {
      await computeTile(this.#site, { jobs: this.#jobs, speeds: this.#speeds }, claim, signal);
      return false;
    } catch (error) {
      await this.#unfinished(claim, error, signal).catch((failed) => warnOfTile(this.#site, failed));
      return !signal.aborted;
    } finally {
      this.#begun--;
      this.#claims.delete(claim);
    }
  }

  async #unfinished(claim: Claim, error: unknown, { aborted }: AbortSignal): Promise<void> {
    if (aborted) await this.#site.queue.giveBack(claim);
    else if (await failedTile(this.#site, claim, error)) this.abandon(claim.job);
  }
}
