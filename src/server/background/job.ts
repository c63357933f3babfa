import type { Place } from '../http/errors.ts';

export const STATUSES = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type Status = (typeof STATUSES)[number];

export const hasEnded = (status: Status): boolean => status !== 'queued' && status !== 'running';

/** The request as it is stored: series and data sets are content in the store. */
export interface KeptRequest {
  readonly metric: string;
  readonly suffix: string;
  readonly query: Readonly<Record<string, boolean>>;
  readonly be: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly fields: Readonly<Record<string, KeptField>>;
}

/** A field of the operation: a data set or a series in the store, with the layout and shapes that it is returned in, or a plain value. */
export type KeptField =
  | {
      readonly dataset: string;
      readonly name?: string | undefined;
      readonly layout?: 'channels_first';
      readonly came?: { readonly sz: number | number[]; readonly ndim: number | number[] };
    }
  | { readonly series: string; readonly ndim: 1 | 2; readonly sz: number; readonly layout?: 'channels_first' }
  | { readonly value: unknown };

/** A row of the table of jobs, with its progress. */
export interface Job {
  readonly id: string;
  readonly number: string;
  readonly owner: string;
  readonly fingerprint: string;
  readonly status: Status;
  readonly request: KeptRequest;
  readonly kernel: string;
  readonly tile_cells: number;
  readonly tiles: number;
  readonly cells: number;
  readonly created: Date;
  readonly started: Date | null;
  readonly ended: Date | null;
  readonly problem: { code: string; detail: string; errors?: readonly Place[] } | null;
  readonly tiles_done: number;
  readonly cells_done: number;
}
