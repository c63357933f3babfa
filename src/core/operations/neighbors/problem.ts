import type { BackendName } from '../../input/arrays/backend-of.ts';
import type { Dataset } from '../../input/dataset.ts';
import type { Params } from '../../metric/params.ts';

/** Nearest neighbours to find: without the results. */
export interface NeighborsProblem {
  readonly queries: Dataset;
  readonly candidates: Dataset;
  /** At most as many as there are candidates. */
  readonly k: number;
  readonly params: Params;
  readonly be: BackendName;
}

/** Pairs whose value was computed to the end, and pairs that were given up before, because they could not be among the nearest. */
export interface Work {
  computed: number;
  pruned: number;
}
