import { computed, type ReadonlySignal } from '@preact/signals-core';
import { matrixOutdated, matrixRequest, matrixWork } from './matrix.ts';
import { neighborsOutdated, neighborsRequest, neighborsWork } from './neighbors.ts';
import { held, pairOutdated, pairWork } from './pair.ts';
import { searchOutdated, searchRequest, searchWork } from './search.ts';
import { type Request, request, type View, view } from './state.ts';

/** A request that the page makes, and how to give it up, repeat it, or leave it to a job. */
export interface Work {
  readonly pending: ReadonlySignal<{ readonly since: number } | undefined>;
  cancel(): void;
  again(): void;
  asJob(): void;
}

/** What a view asks the service. */
interface Asking {
  readonly request: ReadonlySignal<Request | undefined>;
  readonly work: Work;
  /** Whether what is on the screen answers an earlier request. */
  readonly outdated: ReadonlySignal<boolean>;
}

const asking: Readonly<Partial<Record<View, Asking>>> = {
  pair: { request, work: pairWork, outdated: computed(() => pairOutdated.value && !held.value) },
  matrix: { request: matrixRequest, work: matrixWork, outdated: matrixOutdated },
  neighbors: { request: neighborsRequest, work: neighborsWork, outdated: neighborsOutdated },
  search: { request: searchRequest, work: searchWork, outdated: searchOutdated },
};

/** What the view on the screen asks; the one of stored data asks in its own words. */
export const current = computed(() => asking[view.value]);
