import type { Series } from './series.ts';

/** One series that was found in a file or text. */
export interface Found {
  readonly values: Series;
  readonly name?: string;
  /** Its class, if the file has it. */
  readonly label?: string;
  /** The names of its channels. */
  readonly channels?: readonly string[];
}

/** What a column of a table is. */
export const ROLES = ['value', 'time', 'name', 'class', 'unused'] as const;
export type Role = (typeof ROLES)[number];

/** The layout of the series of a table: one per column, one per row, one with a channel per column, or stacked with a column of names. */
export const ARRANGEMENTS = ['columns', 'rows', 'channels', 'long'] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

/** How a file is read. Absent choices are guessed. */
export interface Choices {
  readonly delimiter?: string;
  readonly decimal?: '.' | ',';
  readonly header?: boolean;
  readonly arrangement?: Arrangement;
  readonly roles?: readonly Role[];
  /** The axes of a block of three: (n, sz, d) or (n, d, sz). */
  readonly layout?: 'time_first' | 'channels_first';
  /** What happens to a missing value inside a series: interpolated, or kept and rejected by the service. */
  readonly gaps?: 'fill' | 'keep';
}

/** A cell of a file. */
export type Cell = string | number | bigint | boolean | Date | null | undefined;

/** The length of the longest row. */
export const widest = (rows: readonly { readonly length: number }[]): number =>
  rows.reduce((most, { length }) => Math.max(most, length), 0);

/** A table as it was read: what the preview shows. */
export interface Preview {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly height: number;
}

/** The contents of a file. */
export interface Reading {
  /** The detected format, such as "CSV". */
  readonly format: string;
  readonly series: readonly Found[];
  /** How it was read: everything that was guessed or chosen. */
  readonly choices: Choices;
  /** What was guessed, skipped or filled in, in words. */
  readonly notes: readonly string[];
  readonly preview?: Preview;
}

/** What to look for: one series, a data set, or whatever there is. */
export type Wanted = 'series' | 'dataset' | 'any';
