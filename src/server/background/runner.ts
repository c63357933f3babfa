import { setTimeout } from 'node:timers/promises';
import { totalBytes } from '../../core/server-door.ts';
import type { Config } from '../config.ts';
import { type Database, DatabaseFailure } from '../database/database.ts';
import type { Datasets } from '../datasets/datasets.ts';
import { asProblem, Problem } from '../http/errors.ts';
import type { Memory } from '../memory/memory.ts';
import { compute } from '../operations/answer.ts';
import { kindOf } from '../operations/kind.ts';
import { workingBytes } from '../operations/working-bytes.ts';
import type { Pool } from '../pool/pool.ts';
import type { Store } from '../store/store.ts';
import { AnswerFiles } from './answer-files.ts';
import type { Job } from './job.ts';
import type { JobTable } from './job-table.ts';
import { LEAST_SHARE } from './least-share.ts';
import { BETWEEN_BLOCKS, MatrixFiles } from './matrix-files.ts';
import type { Claim, TileQueue } from './queue.ts';
import { recordTile, type TileDone } from './record-tile.ts';
import { type Retry, retryFor } from './retries.ts';
import { type WaitingJob, whatIsHeld, whatWaits } from './survey.ts';
import { tileMemory } from './tile-memory.ts';
import { type TiledJob, tiledJob } from './tiled-job.ts';

/**
 * Claims that a process has in hand at least, so that the next can start while the last pieces of one are running; but no more than it has threads, since all of
 * them are lost if it is killed. A claim is a tile, or several that take no longer than one should.
 */
const CLAIMS = 2;
/** Tiles of one claim at most; and no claim is more than an even part of what waits, divided by this: the last tiles are for whoever is free first. */
const MOST_TILES = 32;
const PARTS = 2;
/** How long to wait before looking whether threads are idle although there are so many. */
const THREADS_MS = 50;
/** A tile that takes another process this many times as long as tiles of its job do is slow. */
const SLOW = 1.5;
/** How often to send heartbeats, and to check whether jobs are still wanted. */
const TOUCH_MS = 3000;
const LOOK_MS = 800;
/** How long to wait when idle before checking for jobs from other processes. */
const IDLE_MS = 2000;
/** The weight that earlier tiles keep in the speed of a job, and of how many jobs it is kept. */
const MEMORY = 0.9;
const MOST_JOBS = 1000;
/** How many requests of jobs to cache. */
const AT_HAND = 4;
/** How long to wait after a failure of the store or the database before retrying. */
const AGAIN_MS = 2000;
/** How long to try to record a tile that is computed. */
const OUTAGE_MS = 60_000;

/** Where a job's tiles are computed and stored. */
export interface Site {
  readonly config: Config;
  readonly pool: Pool;
  readonly memory: Memory;
  readonly store: Store;
  readonly datasets: Datasets;
  readonly database: Database;
  readonly table: JobTable;
  readonly queue: TileQueue;
  readonly kernel: string;
  /** This process, for others; and after how many seconds of silence one is gone. */
  readonly process: string;
  readonly goneSeconds: number;
  readonly log: { warn(fields: object, message: string): void; info(fields: object, message: string): void };
  /** Called for each computed tile. */
  readonly computed: (run: TileRun) => void;
  /** Called for tiles that are put back to be tried again. */
  readonly retried: (reason: Retry, tiles: number) => void;
}

/** A tile that was computed and recorded. */
export interface TileRun {
  readonly job: string;
  readonly tile: number;
  readonly metric: string;
  readonly backend: string;
  readonly cells: number;
  /** Milliseconds from its start until it was stored, and the time that threads took in that. */
  readonly ms: number;
  readonly compute: number;
}

/** Computes tiles of jobs on this process's threads, after all other requests. */
export class Runner {
  readonly #site: Site;
  readonly #claims = new Map<Claim, AbortController>();
  readonly #atHand = new Map<string, Promise<TiledJob>>();
  readonly #timers: NodeJS.Timeout[] = [];
  /** How many cells each owner has been given, divided by its share, for fairness. All processes choose so: then the whole fleet is fair. */
  readonly #given = new Map<string, number>();
  /** What this process has computed of each job at hand, in milliseconds of a thread: its speed there. */
  readonly #done = new Map<string, { cells: number; ms: number }>();
  #wake: (() => void) | undefined;
  #woken = false;
  #begun = 0;
  #closing = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(site: Site) {
    this.#site = site;
  }

  /** How many tiles it has begun and not recorded. */
  get inHand(): number {
    return this.#begun;
  }

  start(): void {
    this.#loop = this.#run();
    const every = (ms: number, act: () => Promise<void>): void => {
      const timer = setInterval(() => void act().catch((error) => this.#warn(error)), ms);
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
    this.#atHand.delete(job);
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
      const claims = (looks && (await this.#next(running.size).catch((error) => this.#warn(error)))) || [];
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

  async #sleep(ms: number): Promise<void> {
    if (this.#woken) return;
    const awake = new AbortController();
    this.#wake = () => awake.abort();
    await setTimeout(ms, undefined, { signal: awake.signal }).catch(() => {});
  }

  /** The next tiles: of the owner who was given the least, from the oldest job with free tiles; then one that is slow elsewhere. */
  async #next(claimsInHand: number): Promise<Claim[]> {
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
      await setTimeout(THREADS_MS);
      this.wake();
      return [];
    }
    return owners.length > 0 ? this.#held(claimsInHand) : [];
  }

  /**
   * How many tiles of a job to take at once. Tiles are cut for the slowest process: this one takes what its thread computes in the time that one tile should take,
   * so that round trips to the database do not count. Near the end of a job it takes them one by one.
   */
  #atOnce({ id, cells, tiles, waiting, processes }: WaitingJob): number {
    const done = this.#done.get(id);
    if (done === undefined) return 1;
    const inTime = (this.#site.config.TILE_MS * done.cells) / done.ms / (cells / tiles);
    const evenPart = waiting / (PARTS * processes);
    return Math.floor(Math.max(1, Math.min(inTime, evenPart, MOST_TILES)));
  }

  /** Nothing waits: a tile whose process is gone, or slow. A job with a tile that nobody can compute fails. */
  async #held(claimsInHand: number): Promise<Claim[]> {
    const { queue, table, config, database, kernel } = this.#site;
    const own = [...this.#claims.keys()].map(({ attempt }) => attempt.id);
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
      } else if (slow !== null && !database.alone && claimsInHand < config.WORKERS) {
        const claim = await queue.claimSecond(id, slow);
        if (claim) return [claim];
      }
    }
    return [];
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
    const { table, queue } = this.#site;
    this.#begun++;
    try {
      signal.throwIfAborted();
      await this.#tile(claim, signal);
      return false;
    } catch (error) {
      if (signal.aborted) await queue.giveBack(claim).catch((failed) => this.#warn(failed));
      else await this.#failed(claim, error, table).catch((failed) => this.#warn(failed));
      return !signal.aborted;
    } finally {
      this.#begun--;
      this.#claims.delete(claim);
    }
  }

  /** An error in the request ends the job; failures on our side are retried. */
  async #failed(claim: Claim, error: unknown, table: JobTable): Promise<void> {
    const problem = asProblem(error);
    const isOfRequest = problem !== undefined && problem.status < 500;
    if (isOfRequest || (problem === undefined && !isOfSurroundings(error))) {
      const { code, message, errors } = problem ?? new Problem('internal_error', 'internal error: see the log');
      if (problem === undefined) this.#warn(error);
      await table.end(claim.job, 'failed', { code, detail: message, ...(errors && { errors }) });
      await this.#site.queue.drop(claim.job);
      this.abandon(claim.job);
      return;
    }
    this.#warn(error);
    this.#site.retried(retryFor(error), 1);
    await setTimeout(AGAIN_MS);
    if (problem?.code === 'worker_lost') await this.#site.queue.fail(claim);
    else await this.#site.queue.giveBack(claim);
  }

  async #tile(claim: Claim, abandoned: AbortSignal): Promise<void> {
    const { pool, memory, datasets, config } = this.#site;
    const job = await this.#job(claim.job);
    const { record, operation, tiling, query } = job;
    const requests = tiling.bodies(claim.tile).map((body) => ({ body, plan: operation.plan(record, body, query) }));
    const [{ body }] = requests as [(typeof requests)[0]];
    const timing = { metric: record.name, backend: body.be, cells: 0, queue: 0, compute: 0 };
    const caller = { id: `job of ${job.owner}`, share: LEAST_SHARE };
    const call = { kind: kindOf(record, operation, body, query), abandoned, timing, background: true, caller };
    const started = performance.now();
    const bytes = requests.map(({ body, plan }) => totalBytes(plan.price) + workingBytes(body, config.WORKERS));
    const share = await tileMemory(memory, Math.max(...bytes), abandoned);
    try {
      for (const content of job.digests) await datasets.byDigest(content, share);
      const digests: string[] = [];
      for (const { plan } of requests) {
        const answer = await compute(operation, plan, pool, call);
        digests.push(await this.#stored(claim, digests.length, job, answer));
      }
      const { metric, backend, ...took } = timing;
      const run = { tile: claim.tile, cells: took.cells, ms: performance.now() - started, compute: took.compute };
      this.#took(claim.job, took.cells, took.compute);
      if (await this.#recorded(claim, { ...run, digest: digests.join(BETWEEN_BLOCKS) }, abandoned))
        this.#site.computed({ job: claim.job, metric, backend, ...run });
    } finally {
      share.end();
    }
  }

  #took(job: string, cells: number, ms: number): void {
    const before = this.#done.get(job) ?? { cells: 0, ms: 0 };
    this.#done.delete(job);
    this.#done.set(job, { cells: MEMORY * before.cells + cells, ms: MEMORY * before.ms + ms });
    for (const [oldest] of this.#done) {
      if (this.#done.size <= MOST_JOBS) break;
      this.#done.delete(oldest);
    }
  }

  /** Stores the response of a request of a tile. @returns its digest */
  #stored({ job: id, tile }: Claim, at: number, { tiling, operation }: TiledJob, answer: object): Promise<string> {
    const { store } = this.#site;
    if (tiling.matrix === undefined) return new AnswerFiles(store, id).put(tile, answer);
    const block = tiling.matrix.blocks(tile)[at] as readonly [number, number];
    return new MatrixFiles(store, id, tiling.matrix).put(block, matrixOf(operation.matrix as string, answer));
  }

  /** Its file is stored: now the tile counts, if it is still wanted and nobody was faster. */
  async #recorded(claim: Claim, done: TileDone, abandoned: AbortSignal): Promise<boolean> {
    const { database, table, queue, process } = this.#site;
    const counted = await this.#outlasting(() => recordTile(database.query, claim, done, process), abandoned);
    // A statement of its own: the other one does not see what others record at the same time.
    if (counted && (await queue.isEmpty(claim.job))) await table.succeed(claim.job);
    return counted;
  }

  /** What was computed is not lost to an outage of the database. If the last attempt did get through, the next one changes nothing. */
  async #outlasting<T>(run: () => Promise<T>, abandoned: AbortSignal): Promise<T> {
    for (const deadline = performance.now() + OUTAGE_MS; ; await setTimeout(AGAIN_MS)) {
      try {
        return await run();
      } catch (error) {
        if (!(error instanceof DatabaseFailure) || abandoned.aborted || performance.now() > deadline) throw error;
        this.#warn(error);
      }
    }
  }

  async #job(id: string): Promise<TiledJob> {
    const known = await this.#atHand.get(id);
    // What was dropped from memory must not stay in use, uncounted.
    if (known?.digests.every((digest) => this.#site.datasets.holds(digest))) return known;
    const job = this.#read(id);
    this.#atHand.set(id, job);
    job.catch(() => this.#atHand.delete(id));
    for (const [oldest] of this.#atHand) {
      if (this.#atHand.size <= AT_HAND) break;
      this.#atHand.delete(oldest);
    }
    return job;
  }

  async #read(id: string): Promise<TiledJob> {
    const job = (await this.#site.table.get(id)) as Job;
    return tiledJob(this.#site.datasets, job);
  }

  #warn(error: unknown): undefined {
    this.#site.log.warn({ err: error }, 'a tile of a job');
  }
}

/** Failures of the store, the database and the threads are temporary. */
const isOfSurroundings = (error: unknown): boolean =>
  error instanceof Error && (/^(StoreFailure|DatabaseFailure)$/.test(error.name) || 'code' in error);

function matrixOf(name: string, answer: object): Float64Array {
  const { data } = Reflect.get(answer, name) as { data: Float64Array };
  return data;
}
