import type { Series } from '../../core/server-door.ts';

/** Where a format puts what it reads. */
export interface Sink {
  /** The next series. Throws for what does not fit those before. */
  add(series: Pick<Series, 'data' | 'd'>, label?: string): void;
  /** The labels of all series, where the format has them in one place. */
  labelAll(labels: readonly string[]): void;
}

/** What a file does not say itself. */
export interface ReadOptions {
  /** Whether the first column of a table of one series a row is its label. */
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

/** A way in which a data set comes and goes: routes, documents and tests follow from this record. */
export interface Format {
  /** As in `?format=`. */
  readonly name: string;
  /** The first is the one that is answered. */
  readonly mediaTypes: readonly string[];
  readonly title: string;
  /** Whether a file that says nothing of itself is one, by its first bytes. */
  readonly recognises: (first: Uint8Array) => boolean;
  /** Reads a file; on a worker. `poll` throws to stop. @throws InvalidInput with the place of what cannot be read */
  readonly read: (path: string, sink: Sink, options: ReadOptions, poll: () => void) => Promise<void>;
  /** Writes a data set, piece by piece. */
  readonly write: (content: Content) => AsyncIterable<string | Uint8Array>;
}

/** The longest length of a data set. */
export const longestOf = ({ lengths }: Pick<Content, 'lengths'>): number => lengths.reduce((a, b) => Math.max(a, b), 0);

/** Room for joining small texts before they are sent. */
const AT_ONCE = 64 * 1024;

/** Texts joined to pieces that are worth sending. */
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
