import type { Band, Moves } from '../types.ts';
import type { BatchSteps, Reducer } from './batch.ts';
import { LANES } from './lanes.ts';
import { hasOnePath, type SoftKind, softSweepName } from './soft-kind.ts';
import { heated, reachOf } from './temperature.ts';

/**
 * The soft minimum of a batch. It is not for a pair that has a single path, whose value is the cost of that path, and not for numbers so large
 * that gamma would be too small for them: these have values of their own (softmin.ts).
 */
export function softMinimum(kind: SoftKind, moves: Moves, gamma: number): Reducer {
  // gak's value is -log k itself: there gamma is only the scale of its local cost.
  const unit = kind === 'gak' ? 1 : gamma;
  const reaches = new WeakMap<Float64Array, number>();
  const reach = ({ data }: BatchSteps) => {
    let found = reaches.get(data);
    if (found === undefined) {
      found = reachOf(data);
      reaches.set(data, found);
    }
    return found;
  };
  const furthest = (series: readonly BatchSteps[]) => {
    let most = 0;
    for (const one of series) most = Math.max(most, reach(one));
    return most;
  };
  return {
    sweep: (d) => softSweepName(kind, d, moves),
    results: 2,
    layOutRows(instance, longest) {
      const stride = 64 * (longest + 2);
      const at = instance.take(4 * stride);
      instance.wasm.setScale(1 / (gamma * Math.LN2));
      instance.wasm.startSoftBatch(at, stride);
      return at;
    },
    last(queriesOf, count, candidates, bandOf, results) {
      const values = new Float64Array(LANES * count);
      const others = furthest(candidates);
      const longest = Math.max(...candidates.map(({ n }) => n));
      const cells = remembered(bandOf);
      for (let r = 0; r < count; r++) {
        const queries = queriesOf(r);
        const [{ n, d }] = queries;
        const isHeated = heated(gamma, moves, furthest(queries) + others, d * (n + longest)) !== gamma;
        for (let l = 0, at = LANES * r, from = 2 * LANES * r; l < candidates.length; l++, at++, from++) {
          const { n: m } = candidates[l];
          const isFor = !isHeated && !hasOnePath(kind, cells(n, m) ?? n * m, n, m);
          values[at] = isFor ? unit * (Math.LN2 * results[from + LANES] - Math.log(results[from])) : Number.NaN;
        }
      }
      return values;
    },
  };
}

/** The cells of the band for n and m steps; undefined without a band. */
function remembered(bandOf: (n: number, m: number) => Band | undefined): (n: number, m: number) => number | undefined {
  const known = new Map<number, number>();
  let last = 0;
  return (n, m) => {
    if (n !== last) known.clear();
    last = n;
    let cells = known.get(m);
    if (cells === undefined) {
      const band = bandOf(n, m);
      if (band === undefined) return undefined;
      cells = cellsOf(band);
      known.set(m, cells);
    }
    return cells;
  };
}

function cellsOf({ lo, hi }: Band): number {
  let cells = 0;
  for (let i = 0; i < lo.length; i++) cells += hi[i] - lo[i] + 1;
  return cells;
}
