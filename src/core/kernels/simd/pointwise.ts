import type { Poll } from '../types.ts';
import { alikeInLanes, type Batch, type BatchSteps } from './batch.ts';
import type { Instance } from './instance.ts';
import { LANES } from './lanes.ts';

/** What is summed over the values of two series: |x - y|, or its square. */
export type PointwiseSum = 'squares' | 'magnitudes';

type Sum = (places: number, from: number, to: number, begin: number, end: number, sums: number) => void;

/** Values of a lane in about a millisecond. */
const VALUES = 600_000;

/**
 * Sums of many pairs of series of one length, with the numbers of a plain loop.
 *
 * @param weights a weight for each value
 */
export function pointwiseBatch(instance: Instance, of: PointwiseSum, weights: Float64Array | undefined): Batch {
  let places = new Int32Array(0);
  let taken = 0;

  const summed = (name: string, places: Int32Array, others: readonly BatchSteps[], values: number, poll: Poll) => {
    const at = instance.take(4 * places.length);
    instance.i32.set(places, at >> 2);
    const sums = instance.take(64 * places.length);
    instance.f64.fill(0, sums >> 3, (sums >> 3) + LANES * places.length);
    const steps = alikeInLanes(instance, others);
    const { wasm } = instance;
    wasm.describePointwise(steps, weights ? instance.put(weights) : 0);
    const sum = wasm[name] as Sum;
    const together = Math.max(1, Math.floor(VALUES / values));
    for (let from = 0; from < places.length; from += together) {
      for (let begin = 0; begin < values; begin += VALUES) {
        poll();
        sum(at, from, Math.min(places.length, from + together), begin, Math.min(values, begin + VALUES), sums);
      }
    }
    return instance.f64.subarray(sums >> 3, (sums >> 3) + LANES * places.length);
  };

  return {
    open(queries) {
      instance.reset();
      places = Int32Array.from(queries, ({ data }) => instance.put(data));
      taken = instance.taken;
    },
    block(which, candidates, _bandOf, poll) {
      instance.backTo(taken);
      const asked = Int32Array.from(which, (query) => places[query]);
      return summed(of, asked, candidates, candidates[0].data.length, poll);
    },
    pairs(queries, candidates, _band, poll) {
      instance.reset();
      const steps = alikeInLanes(instance, queries);
      return summed(`${of}Own`, Int32Array.of(steps), candidates, candidates[0].data.length, poll);
    },
  };
}
