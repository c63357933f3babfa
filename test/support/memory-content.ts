import type { Content } from '../../src/server/formats/format.ts';

/** A data set in memory as formats write it: series of n x d values. */
export function contentOf(series: readonly Float64Array[], d: number, labels?: readonly string[]): Content {
  return {
    count: series.length,
    d,
    lengths: Int32Array.from(series, ({ length }) => length / d),
    labels,
    async *series() {
      yield* series;
    },
    at: async (k) => series[k] as Float64Array,
  };
}
