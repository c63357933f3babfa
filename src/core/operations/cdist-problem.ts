import type { BackendName } from '../input/arrays/backend-of.ts';
import type { Dataset } from '../input/dataset.ts';
import type { Params } from '../metric/params.ts';

/** A matrix of values between datasets: what to compute, without the results. */
export interface CdistProblem {
  readonly dataset1: Dataset;
  /** Absent: `dataset1` against itself; for a symmetric metric half is computed and mirrored. */
  readonly dataset2: Dataset | undefined;
  readonly params: Params;
  readonly be: BackendName;
}

/** Rows and columns of the result. */
export const matrixShape = ({ dataset1, dataset2 }: CdistProblem): [number, number] => [
  dataset1.lengths.length,
  (dataset2 ?? dataset1).lengths.length,
];
