import type { Series } from '../../core/server-door.ts';

/** Where a format puts what it reads. */
export interface Sink {
  /** The next series. Throws if it does not fit the previous ones. */
  add(series: Pick<Series, 'data' | 'd'>, label?: string): void;
  /** The labels of all series, if the format has them in one place. */
  labelAll(labels: readonly string[]): void;
}

/** What a file does not state itself. */
export interface ReadOptions {
  /** Whether the first column of a table with one series per row is the label. */
  readonly labels: 'first' | 'none';
  readonly layout: 'time_first' | 'channels_first';
}

/** A data set to be written, series after series. */
export interface Content {
  readonly count: number;
  readonly d: number;
  readonly lengths: Int32Array;
  readonly labels: readonly string[] | undefined;
  /** The values of each series in turn, n x d, row-major. */
  readonly series: () => AsyncIterable<Float64Array>;
  /** The values of series k. */
  readonly at: (k: number) => Promise<Float64Array>;
}

/** A format for uploading and downloading data sets: routes, documents and tests follow from this record. */
export interface Format {
  /** As in `?format=`. */
  readonly name: string;
  /** The first is the one used in responses. */
  readonly mediaTypes: readonly string[];
  readonly title: string;
  /** Whether a file of unknown format has this one, by its first bytes. */
  readonly recognises: (first: Uint8Array) => boolean;
  /** Reads a file; on a worker. `poll` throws to stop. @throws InvalidInput with the place of what cannot be read */
  readonly read: (path: string, sink: Sink, options: ReadOptions, poll: () => void) => Promise<void>;
  /** Writes a data set in chunks. */
  readonly write: (content: Content) => AsyncIterable<string | Uint8Array>;
}

/** The longest length of a data set. */
export const longestOf = ({ lengths }: Pick<Content, 'lengths'>): number => lengths.reduce((a, b) => Math.max(a, b), 0);

/** How much text to join before it is sent. */
const AT_ONCE = 64 * 1024;

/** Joins texts into chunks that are worth sending. */
export async function* joinedText(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const part of parts) {
    piece += part;
    if (piece.length < AT_ONCE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
