import type { ArrayLike, PlainList } from '../../../../src/core/input/arrays/array-like.ts';
import type { backendNames } from '../../../../src/core/tslearn/backend/forward.ts';
import type { Backend } from '../../../../src/core/tslearn/backend/index.ts';

/** One of the 65 names. */
export type Name = (typeof backendNames)[number];

/** What a name of a backend does: with the arrays of either backend, the same numbers. */
export interface Case {
  readonly name: Name;
  readonly it: string;
  readonly run: (be: Backend) => ArrayLike | boolean;
  readonly gives: PlainList | boolean;
  /** What the tfjs backend lacks for it: a key of its `unsupported`, whose reason it must throw. */
  readonly lacks?: string;
}

/** A case of a conformance suite, in one line. */
export const law = (name: Name, it: string, run: Case['run'], gives: Case['gives'], lacks?: string): Case => ({
  name,
  it,
  run,
  gives,
  ...(lacks !== undefined && { lacks }),
});
