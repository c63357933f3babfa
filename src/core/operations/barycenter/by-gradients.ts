import { solve } from '../../engines/solve.ts';
import type { CancelFlag } from '../../errors.ts';
import { seriesAt } from '../../input/dataset.ts';
import type { Series } from '../../input/series.ts';
import { inPair } from '../in-pair.ts';
import { type Averaging, seriesOf } from './by-paths.ts';
import { lbfgs, type Minimum, type Objective } from './lbfgs.ts';
import type { GradientOptions } from './options.ts';

/** The barycenter under a smooth metric (Cuturi and Blondel, 2017), as tslearn's `softdtw_barycenter`: the loss is the weighted sum of values. */
export function averageByGradients(
  { record, params, dataset, weights, start: { data, n, d } }: Averaging,
  { max_iter, tol }: GradientOptions,
  cancel?: CancelFlag,
): Minimum {
  const solveOne = (center: Series, k: number) => {
    try {
      return solve(record, center, seriesAt(dataset, k), params, 'numpy', { grad: 'series' }, cancel);
    } catch (error) {
      throw inPair(error, ['the barycenter'], ['dataset', k]);
    }
  };
  const objective: Objective = (x) => {
    const center = seriesOf(x, n, d);
    const total = { value: 0, gradient: new Float64Array(n * d) };
    for (const [k, w] of weights.entries()) {
      const found = solveOne(center, k);
      total.value += w * found.value;
      const part = found.gradient?.s1 ?? new Float64Array(n * d);
      for (let at = 0; at < part.length; at++) total.gradient[at] += w * part[at];
    }
    return total;
  };
  return lbfgs(objective, data, max_iter, tol);
}
