import type { Series } from './series.ts';

/** One series that was found in a file or text. */
export interface Found {
  readonly values: Series;
  readonly name?: string;
  /** Its class, where the file says it. */
  readonly label?: string;
  /** The names of its channels. */
  readonly channels?: readonly string[];
}

/** What a column of a table is. */
export const ROLES = ['value', 'time', 'name', 'class', 'unused'] as const;
export type Role = (typeof ROLES)[number];

/** Where the series of a table are: each column one, each row one, all columns one of many channels, or stacked with their names beside. */
export const ARRANGEMENTS = ['columns', 'rows', 'channels', 'long'] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

/** How a file is read. What is absent is guessed. */
export interface Choices {
  readonly delimiter?: string;
  readonly decimal?: '.' | ',';
  readonly header?: boolean;
  readonly arrangement?: Arrangement;
  readonly roles?: readonly Role[];
  /** The axes of a block of three: (n, sz, d) or (n, d, sz). */
  readonly layout?: 'time_first' | 'channels_first';
  /** What becomes of a missing value inside a series: a straight line between its neighbours, or the service's refusal. */
  readonly gaps?: 'fill' | 'keep';
}

/** A cell as a file has it. */
export type Cell = string | number | bigint | boolean | Date | null | undefined;

/** A table as it was read: what the preview shows. */
export interface Preview {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly height: number;
}

/** What a file holds. */
export interface Reading {
  /** Such as "CSV": what it was taken for. */
  readonly format: string;
  readonly series: readonly Found[];
  /** How it was read: all that was guessed or chosen, where there is a choice. */
  readonly choices: Choices;
  /** What was guessed, and what was left out or filled in, in words. */
  readonly notes: readonly string[];
  readonly preview?: Preview;
}

/** What is looked for: one series, a data set, or whatever there is. */
export type Wanted = 'series' | 'dataset' | 'any';
