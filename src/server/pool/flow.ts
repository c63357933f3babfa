import TinyQueue from 'tinyqueue';
import { isLong, MOST_MS, type Waiting } from './waiting.ts';

/** Requests that take longer than this are not told apart: what is much longer would wait too long. */
const SHORT_MS = 3;

interface Place {
  /** Absent once it has started or left: a place stays in its lane until its turn comes, but its input must not. */
  job: Waiting | undefined;
  readonly turn: number;
  /** Breaks ties by arrival. */
  readonly number: number;
}

/** A long request that waits, and what waited when it was lined up: its last job, and the milliseconds of a thread up to and including it. */
interface Long {
  readonly last: Place;
  readonly since: number;
  readonly ms: number;
}

const byTurn = (a: Place, b: Place): number => a.turn - b.turn || a.number - b.number;

/**
 * The waiting jobs of one caller, in an order that is fair to short requests: self-clocked fair queueing (Golestani, 1994), where every request is
 * a flow, and its weight is the inverse of its length. A job's turn is the turn being served when its request arrived, plus the milliseconds
 * of the request up to and including this job, times those of the whole request (at most 3). So a short request goes before longer ones, however many
 * of them wait, requests with many jobs alternate, and every job gets its turn, since turns only grow. Short and long jobs have lanes of their
 * own, so that long ones can be held back.
 */
export class Flow {
  /** Its weight among the callers. */
  share = 1;
  /** When its next job begins, in the time of the line: what it has been given so far, in milliseconds by its weight. */
  begin = 0;
  readonly #short = new TinyQueue<Place>([], byTurn);
  readonly #long = new TinyQueue<Place>([], byTurn);
  /** By age. */
  readonly #longRequests: Long[] = [];
  #turn = 0;
  #arrivals = 0;
  #jobs = 0;
  #cells = 0;
  #ms = 0;

  get jobs(): number {
    return this.#jobs;
  }

  get cells(): number {
    return this.#cells;
  }

  get ms(): number {
    return this.#ms;
  }

  /** Lines up the jobs of one request, in order. Returns a function for each that removes it, and says whether it was still there. */
  join(jobs: readonly Waiting[]): (() => boolean)[] {
    let turn = this.#turn;
    const whole = { ms: jobs.reduce((sum, { ms }) => sum + ms, 0) };
    const weight = Math.min(whole.ms, SHORT_MS);
    const places = jobs.map((job) => {
      turn += Math.min(job.ms, MOST_MS) * weight;
      const place = { job, turn, number: this.#arrivals++ };
      (isLong(job) ? this.#long : this.#short).push(place);
      this.#jobs++;
      this.#cells += job.cells;
      this.#ms += job.ms;
      return place;
    });
    const last = places.at(-1);
    if (last && isLong(whole)) this.#longRequests.push({ last, since: performance.now(), ms: this.#ms });
    return places.map((place) => () => this.#leave(place) !== undefined);
  }

  /**
   * How many times as long as its work alone the oldest long request waits, at least 1, if so many threads compute for this caller: short
   * requests go before it, and the event loop takes processor time that the threads would need.
   */
  slowness(threads: number): number {
    while (this.#longRequests[0]?.last.job === undefined && this.#longRequests.length > 0) this.#longRequests.shift();
    const [oldest] = this.#longRequests;
    return oldest ? Math.max(1, ((performance.now() - oldest.since) * threads) / oldest.ms) : 1;
  }

  /** The job whose turn it is among those that may start. */
  peek(may: (job: Waiting) => boolean): Waiting | undefined {
    return this.#first(may)?.job;
  }

  /** Removes and returns the same. */
  next(may: (job: Waiting) => boolean): Waiting | undefined {
    const place = this.#first(may);
    if (place?.job === undefined) return undefined;
    (isLong(place.job) ? this.#long : this.#short).pop();
    this.#turn = Math.max(this.#turn, place.turn);
    return this.#leave(place);
  }

  /** Of each lane only the first one is asked for: what may not start holds back only what is like it. */
  #first(may: (job: Waiting) => boolean): Place | undefined {
    const [short, long] = [this.#short, this.#long].map((lane) => {
      const place = first(lane);
      return place?.job && may(place.job) ? place : undefined;
    });
    return short && long ? (byTurn(short, long) < 0 ? short : long) : (short ?? long);
  }

  #leave(place: Place): Waiting | undefined {
    const { job } = place;
    if (job === undefined) return undefined;
    place.job = undefined;
    this.#jobs--;
    // Sums of fractions drift, so they are reset when nothing waits.
    this.#cells = this.#jobs === 0 ? 0 : this.#cells - job.cells;
    this.#ms = this.#jobs === 0 ? 0 : this.#ms - job.ms;
    return job;
  }
}

/** The first one that has not left. */
function first(lane: TinyQueue<Place>): Place | undefined {
  let place = lane.peek();
  while (place && place.job === undefined) {
    lane.pop();
    place = lane.peek();
  }
  return place;
}
