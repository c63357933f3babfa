import type { Problem } from '../../clients/typescript/client.ts';

/** A request to the service: a GET if there is no body. */
export interface Question {
  readonly path: string;
  readonly query?: Readonly<Record<string, boolean>>;
  readonly body?: object;
  /** How many rows of a matrix come, one line each, as a response or as the result of a job: they are told of as they come. */
  readonly rows?: number;
}

/** Rows of a matrix that have come: from the first of these on. */
export interface Rows {
  readonly from: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** How long it took, in milliseconds: in the kernels, in the service, and as the page saw it. */
export interface Timing {
  readonly compute?: number;
  readonly total?: number;
  readonly seen: number;
}

/** What went wrong: a problem from the service, or from the page if the service cannot be reached. */
export type Failure = Omit<Problem, 'code'> & { readonly code: Problem['code'] | 'unreachable' | 'cancelled' };

/** What the service responded. */
export type Reply<T> =
  | { readonly ok: true; readonly data: T; readonly timing: Timing }
  | { readonly ok: false; readonly problem: Failure };

/** From the page to the worker. */
export type ToWorker =
  | { readonly id: number; readonly question: Question; readonly base: string; readonly key: string | undefined }
  | { readonly cancel: number };

/** From the worker to the page. */
export type FromWorker =
  | { readonly id: number; readonly reply: Reply<unknown> }
  | { readonly id: number; readonly rows: Rows };

/** What the user gave up. */
export const cancelled: Failure = {
  type: 'about:blank',
  title: 'Cancelled',
  status: 0,
  detail: 'Cancelled.',
  instance: '',
  code: 'cancelled',
};

/** What is wrong where the service does not respond. */
export const unreachable = ({ message }: Error, givenUp: boolean): Failure => ({
  type: 'about:blank',
  title: givenUp ? 'Cancelled' : 'The service is not responding',
  status: 0,
  detail: givenUp ? 'replaced by a newer request' : `the service is not responding (${message}): is it running?`,
  instance: '',
  code: givenUp ? 'cancelled' : 'unreachable',
});
