import type { BackendName, MetricRecord } from '../../src/core/index.ts';
import type { Expected, FixtureCase } from '../support/read-fixtures.ts';

/** A question that both can be asked: an operation of a metric. */
export interface Question {
  readonly metric: string;
  /** As in `POST /{metric}{suffix}`. */
  readonly suffix: '' | '/cdist' | '/lower-bound' | '/subsequence' | '/barycenter' | '/bandwidth';
  readonly body: Record<string, unknown>;
  readonly flags?: Readonly<Record<string, boolean>>;
}

/** Anything that answers such questions. */
export type Ask = (question: Question) => unknown;

/** A case on a backend. */
export interface Run {
  readonly record: MetricRecord;
  readonly case: FixtureCase;
  readonly be: BackendName;
}

// biome-ignore lint/suspicious/noExplicitAny: answers differ by operation, and a missing field fails its comparison
type Answer = any;

/** What a fixture's function asks, and what holds of the answer. */
export interface Kind {
  readonly suffix: Question['suffix'];
  readonly flags?: Question['flags'];
  /** The bodies to ask with: one, unless the function's result can be reached in several ways. */
  readonly bodies?: (
    args: FixtureCase['args'],
    expected: Expected,
    tags: readonly string[],
  ) => Record<string, unknown>[];
  readonly check: (answer: Answer, expected: Expected, run: Run) => void;
}
