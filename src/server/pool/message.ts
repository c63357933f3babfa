import type { MessagePort } from 'node:worker_threads';
import type { Code, Place } from '../http/errors.ts';

// What travels between the server and its workers: plain objects, strings, numbers and typed arrays.

/** An input, and the name of the job that computes it. */
export interface Job {
  readonly job: string;
  readonly input: unknown;
  /** How many jobs the request has: they share memory. */
  readonly jobs: number;
}

/** Load what most requests need. */
export interface WarmUp {
  readonly warmUp: true;
}

/** A task for a worker. `cancel` is shared with the worker: raised when nobody waits for the response any more. */
export type Message = (Job | WarmUp) & { readonly cancel: Int32Array };

/** Errors travel as data, because an error class loses its name and code between threads. `bug`: an unexpected error. */
export type Reply =
  | { readonly output: unknown }
  | {
      readonly problem: {
        code: Code;
        detail: string;
        errors: readonly Place[] | undefined;
        headers: Readonly<Record<string, string>>;
      };
    }
  | { readonly cancelled: true }
  | { readonly bug: unknown };

/** A message with the number of its reply. */
export type Sent = Message & { readonly id: number };

/** The reply, and the milliseconds that the worker spent computing it alone. */
export interface Answered {
  readonly id: number;
  readonly reply: Reply;
  readonly ms: number;
}

/** What a thread receives when it has started: where messages arrive and replies go. */
export interface Seat {
  readonly port: MessagePort;
  /** Shared: its first element is set when a message has arrived that should interrupt another one. */
  readonly knock: Int32Array;
  /** Shared: the id of the message that is being computed, and whether a library is being loaded for it. */
  readonly current: Int32Array;
}
