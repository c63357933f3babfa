import type { Poll } from '../types.ts';
import { alikeInLanes, type Batch, type BatchSteps } from './batch.ts';
import type { Instance } from './instance.ts';
import { LANES } from './lanes.ts';
import { norm } from './norm.ts';

type Raise = (from: number, to: number, step: number, best: number) => void;

/** Products of a lane in about a millisecond. */
const PRODUCTS = 600_000;

/**
 * The largest cross-correlation of many pairs over all shifts, over the product of their norms: `toValue` of it. NaN for a pair with a norm that is 0 or out of range.
 * The candidates of a block have the same number of steps.
 */
export function correlationBatch(instance: Instance, toValue: (correlation: number) => number): Batch {
  let given: readonly BatchSteps[] = [];
  let places: readonly number[] = [];
  let taken = 0;
  const norms = new WeakMap<Float64Array, number>();
  const normOf = (data: Float64Array): number => {
    const found = norms.get(data) ?? norm(data);
    norms.set(data, found);
    return found;
  };

  /** The values of a first series, or of one for each lane, with the candidates that are laid out at `others`. */
  const solve = (
    name: string,
    place: number,
    firsts: (lane: number) => BatchSteps,
    candidates: readonly BatchSteps[],
    others: number,
    best: number,
    to: Float64Array,
    poll: Poll,
  ) => {
    const { n, d, data } = firsts(0);
    const [{ n: m }] = candidates;
    const { wasm, f64 } = instance;
    f64.fill(-Infinity, best >> 3, (best >> 3) + LANES);
    wasm.describeCorrelations(place, data.length, others, m * d);
    const raise = wasm[name] as Raise;
    const shifts = Math.max(1, Math.floor(PRODUCTS / (Math.min(n, m) * d)));
    for (let shift = 1 - m; shift < n; shift += shifts) {
      poll();
      raise(shift, Math.min(n, shift + shifts), d, best);
    }
    for (const [l, candidate] of candidates.entries()) {
      const product = normOf(firsts(l).data) * normOf(candidate.data);
      const usable = product > 0 && product < Infinity;
      to[l] = usable ? toValue(f64[(best >> 3) + l] / product) : Number.NaN;
    }
  };

  return {
    open(queries) {
      instance.reset();
      given = queries;
      places = queries.map(({ data }) => instance.put(data));
      taken = instance.taken;
    },
    block(which, candidates, _bandOf, poll) {
      instance.backTo(taken);
      const steps = alikeInLanes(instance, candidates);
      const best = instance.take(64);
      const values = new Float64Array(LANES * which.length);
      for (let r = 0; r < which.length; r++) {
        const query = which[r];
        const to = values.subarray(LANES * r, LANES * (r + 1));
        solve('correlations', places[query], () => given[query], candidates, steps, best, to, poll);
      }
      return values;
    },
    pairs(queries, candidates, _band, poll) {
      instance.reset();
      const place = alikeInLanes(instance, queries);
      const steps = alikeInLanes(instance, candidates);
      const values = new Float64Array(LANES);
      solve('correlationsOwn', place, (lane) => queries[lane], candidates, steps, instance.take(64), values, poll);
      return values;
    },
  };
}
