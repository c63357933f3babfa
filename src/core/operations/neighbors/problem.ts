import type { BackendName } from '../../input/arrays/backend-of.ts';
import type { Dataset } from '../../input/dataset.ts';
import type { Params } from '../../metric/params.ts';

/** Which nearest neighbours to find, without the results. */
export interface NeighborsProblem {
  readonly queries: Dataset;
  readonly candidates: Dataset;
  /** At most the number of candidates. */
  readonly k: number;
  readonly params: Params;
  readonly be: BackendName;
}

/** Pairs whose value was fully computed, and pairs that were given up earlier because they could not be among the nearest. */
export interface Work {
  computed: number;
  pruned: number;
}
