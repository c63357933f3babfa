import type { Code, Place } from '../http/errors.ts';

// What travels between the server and its workers: plain objects, strings, numbers and typed arrays.

/** An input, and the name of the job that computes it. */
export interface Job {
  readonly job: string;
  readonly input: unknown;
  /** How many jobs the request has: they share memory. */
  readonly jobs: number;
}

/** Load everything, then wait until all other workers have too, so that every thread handles exactly one of these. */
export interface WarmUp {
  /** Shared: how many workers have arrived. */
  readonly arrived: Int32Array;
  readonly workers: number;
}

/** A task for a worker. `cancel` is shared with the worker: raised when nobody waits for the response any more. */
export type Message = (Job | { readonly warmUp: WarmUp }) & { readonly cancel: Int32Array };

/** Errors travel as data, because an error class loses its name and code between threads. */
export type Reply =
  | { readonly output: unknown; readonly ms: number }
  | { readonly problem: { code: Code; detail: string; errors: readonly Place[] | undefined } }
  | { readonly cancelled: true };
