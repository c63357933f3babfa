import type { Poll } from '../types.ts';
import { alikeInLanes, type Batch, type BatchSteps } from './batch.ts';
import type { Instance } from './instance.ts';
import { LANES } from './lanes.ts';
import { norm } from './norm.ts';

type Lower = (from: number, to: number, best: number) => void;

/** Products of a lane in about a millisecond. */
const PRODUCTS = 200_000;

/**
 * What remains of univariate series after the best shift and scaling of others of the same length: min ||x - a y_shifted|| / ||x||, of many pairs. NaN where the
 * norm of x is 0 or out of range.
 *
 * @param reachOf the largest shift for n steps
 */
export function remainderBatch(instance: Instance, reachOf: (n: number) => number): Batch {
  let given: readonly BatchSteps[] = [];
  let places: readonly number[] = [];
  let taken = 0;

  /** The values of the first series that is laid out at `place`, or of one for each lane, with those at `others`. */
  const solve = (
    name: string,
    place: number,
    firsts: readonly BatchSteps[],
    others: number,
    to: Float64Array,
    poll: Poll,
  ) => {
    const { wasm, f64 } = instance;
    const norms = instance.take(64);
    const best = instance.take(64);
    const [{ n }] = firsts;
    for (let l = 0; l < LANES; l++) f64[(norms >> 3) + l] = norm(firsts[Math.min(l, firsts.length - 1)].data);
    f64.fill(1, best >> 3, (best >> 3) + LANES);
    wasm.describeRemainders(place, others, norms, n);
    const lower = wasm[name] as Lower;
    const reach = reachOf(n);
    const shifts = Math.max(1, Math.floor(PRODUCTS / n));
    for (let shift = -reach; shift <= reach; shift += shifts) {
      poll();
      lower(shift, Math.min(reach + 1, shift + shifts), best);
    }
    for (let l = 0; l < LANES; l++) {
      const size = f64[(norms >> 3) + l];
      to[l] = size > 0 && size < Infinity ? f64[(best >> 3) + l] : Number.NaN;
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
      const kept = instance.taken;
      const values = new Float64Array(LANES * which.length);
      for (let r = 0; r < which.length; r++) {
        const query = which[r];
        instance.backTo(kept);
        solve('remainders', places[query], [given[query]], steps, values.subarray(LANES * r, LANES * (r + 1)), poll);
      }
      return values;
    },
    pairs(queries, candidates, _band, poll) {
      instance.reset();
      const place = alikeInLanes(instance, queries);
      const steps = alikeInLanes(instance, candidates);
      const values = new Float64Array(LANES);
      solve('remaindersOwn', place, queries, steps, values, poll);
      return values;
    },
  };
}
