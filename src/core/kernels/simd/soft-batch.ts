import type { Band } from '../types.ts';
import type { BatchSteps, Reducer } from './batch.ts';
import { LANES } from './lanes.ts';
import { type SoftKind, softSweepName } from './softmin.ts';
import { heated, reachOf } from './temperature.ts';

/**
 * The soft minimum of a batch. It is not for a pair that has a single path, whose value is the cost of that path, and not for numbers so large
 * that gamma would be too small for them: these have values of their own (softmin.ts).
 */
export function softMinimum(kind: SoftKind, gamma: number): Reducer {
  // gak's value is -log k itself: there gamma is only the scale of its local cost.
  const unit = kind === 'gak' ? 1 : gamma;
  const reaches = new WeakMap<Float64Array, number>();
  const reach = ({ data }: BatchSteps) => {
    const found = reaches.get(data) ?? reachOf(data);
    reaches.set(data, found);
    return found;
  };
  return {
    sweep: (d) => softSweepName(kind, d),
    results: 2,
    layOutRows(instance, longest) {
      const stride = 64 * (longest + 2);
      const at = instance.take(4 * stride);
      instance.wasm.setScale(1 / (gamma * Math.LN2));
      instance.wasm.startSoftBatch(at, stride);
      return at;
    },
    last(queryOf, candidates, band, results, to) {
      const cells = band && cellsOf(band);
      for (let l = 0; l < candidates.length; l++) {
        const query = queryOf(l);
        const { n, d } = query;
        const { n: m } = candidates[l];
        const hasOnePath = kind !== 'gak' && (cells ?? n * m) === Math.max(n, m);
        const isHeated = heated(gamma, reach(query) + reach(candidates[l]), d * (n + m)) !== gamma;
        to[l] = hasOnePath || isHeated ? Number.NaN : unit * (Math.LN2 * results[LANES + l] - Math.log(results[l]));
      }
    },
  };
}

function cellsOf({ lo, hi }: Band): number {
  let cells = 0;
  for (let i = 0; i < lo.length; i++) cells += hi[i] - lo[i] + 1;
  return cells;
}
