/** Groups of series of similar length, which stand in for the series when estimating costs. */
export interface LengthGroups {
  /** The group of each series. */
  readonly of: Uint16Array;
  /** The mean length of each group. */
  readonly n: readonly number[];
  /** How many series each group has. */
  readonly count: readonly number[];
  /** The steps of the longest series, and of all together. */
  readonly longest: number;
  readonly steps: number;
}

/** A stored data set has the same lengths in every request, and as many as it has series: they are looked at once. */
const known = new WeakMap<Int32Array, LengthGroups>();

/** Where there are more lengths than this, lengths that differ by less than a tenth share a group. */
const MOST_LENGTHS = 64;

/**
 * Groups series by their lengths: a group for each length where there are few, else at most 8 for each doubling. So what depends on every
 * pair of lengths has thousands of terms at most, and not as many as there are pairs of series.
 */
export function lengthGroups(lengths: Int32Array): LengthGroups {
  const groups = known.get(lengths) ?? grouped(lengths);
  known.set(lengths, groups);
  return groups;
}

function grouped(lengths: Int32Array): LengthGroups {
  const [n = 0] = lengths;
  const { length } = lengths;
  // Most data sets have one length.
  if (length > 0 && lengths.every((one) => one === n)) {
    return { of: new Uint16Array(length), n: [n], count: [length], longest: n, steps: n * length };
  }
  const few = new Set(lengths).size <= MOST_LENGTHS;
  const place = new Map<number, number>();
  const total: number[] = [];
  const count: number[] = [];
  let longest = 0;
  let steps = 0;
  const of = Uint16Array.from(lengths, (n) => {
    longest = Math.max(longest, n);
    steps += n;
    const key = few ? n : Math.round(8 * Math.log2(n));
    const at = place.get(key) ?? total.length;
    place.set(key, at);
    total[at] = (total[at] ?? 0) + n;
    count[at] = (count[at] ?? 0) + 1;
    return at;
  });
  return { of, n: total.map((sum, at) => sum / count[at]), count, longest, steps };
}
