import TinyQueue from 'tinyqueue';
import type { Thread } from './thread.ts';

/** A job that takes at least this many milliseconds is long: others would notice waiting for it. */
const LONG_MS = 20;

/** No job counts for more than this in the order, however long it is, so that it does not wait forever. */
const MOST_MS = 250;

/** A job waiting for a thread. */
export interface Waiting {
  /** How long it will take, in milliseconds. */
  readonly ms: number;
  /** What it counts as in the queue. */
  readonly cells: number;
  readonly start: (thread: Thread<Waiting>) => void;
}

interface Place {
  /** Absent once it has started or left: a place stays in its lane until its turn comes, but its input must not. */
  job: Waiting | undefined;
  readonly turn: number;
  /** Breaks ties by arrival. */
  readonly number: number;
}

const byTurn = (a: Place, b: Place): number => a.turn - b.turn || a.number - b.number;

/**
 * Jobs in a fair order: self-clocked fair queueing (Golestani, 1994), where every request is a flow. A job's turn is the turn being served
 * when its request arrived, plus the milliseconds of the request up to and including this job. So a short request goes before the rest of a
 * long one, requests with many jobs alternate, and every job gets its turn, since turns only grow. Short and long jobs have lanes
 * of their own, so that long ones can be held back.
 */
export class Line {
  readonly #short = new TinyQueue<Place>([], byTurn);
  readonly #long = new TinyQueue<Place>([], byTurn);
  #turn = 0;
  #arrivals = 0;
  #jobs = 0;
  #cells = 0;
  #ms = 0;

  /** The number of jobs waiting. */
  get jobs(): number {
    return this.#jobs;
  }

  /** Their cells in total. */
  get cells(): number {
    return this.#cells;
  }

  /** The time that a single thread would take for them. */
  get ms(): number {
    return this.#ms;
  }

  /** Lines up the jobs of one request, in order. Returns a function for each that removes it, which has no effect once it has started. */
  join(jobs: readonly Waiting[]): (() => void)[] {
    let turn = this.#turn;
    return jobs.map((job) => {
      turn += Math.min(job.ms, MOST_MS);
      const place = { job, turn, number: this.#arrivals++ };
      (isLong(job) ? this.#long : this.#short).push(place);
      this.#jobs++;
      this.#cells += job.cells;
      this.#ms += job.ms;
      return () => void this.#leave(place);
    });
  }

  /** Removes and returns the job whose turn it is; only a short one if long ones have to wait. */
  next(longToo: boolean): Waiting | undefined {
    const short = first(this.#short);
    const long = longToo ? first(this.#long) : undefined;
    const place = short && long ? (byTurn(short, long) < 0 ? short : long) : (short ?? long);
    if (place === undefined) return undefined;
    (place === short ? this.#short : this.#long).pop();
    this.#turn = Math.max(this.#turn, place.turn);
    return this.#leave(place);
  }

  #leave(place: Place): Waiting | undefined {
    const { job } = place;
    if (job === undefined) return undefined;
    place.job = undefined;
    this.#jobs--;
    // Sums of fractions drift, so they are reset when the line is empty.
    this.#cells = this.#jobs === 0 ? 0 : this.#cells - job.cells;
    this.#ms = this.#jobs === 0 ? 0 : this.#ms - job.ms;
    return job;
  }
}

export const isLong = ({ ms }: Pick<Waiting, 'ms'>): boolean => ms >= LONG_MS;

/** The first one that has not left. */
function first(lane: TinyQueue<Place>): Place | undefined {
  let place = lane.peek();
  while (place && place.job === undefined) {
    lane.pop();
    place = lane.peek();
  }
  return place;
}
