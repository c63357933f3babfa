/** The k best of what was offered. */
export interface Nearest {
  /** Admits a candidate if it is among the k best: by smaller key, then by lower index. */
  offer(index: number, key: number): void;
  /** The largest key among the k best: anything larger has no chance. Infinity until there are k. */
  worst(): number;
  /** The indices, best first, and their keys. */
  readonly indices: Int32Array;
  readonly keys: Float64Array;
}

export function nearest(k: number): Nearest {
  const indices = new Int32Array(k);
  const keys = new Float64Array(k);
  let count = 0;
  return {
    indices,
    keys,
    worst: () => (count < k ? Infinity : keys[k - 1]),
    offer(index, key) {
      // The position after all better ones.
      let [low, high] = [0, count];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (keys[middle] < key || (keys[middle] === key && indices[middle] < index)) low = middle + 1;
        else high = middle;
      }
      if (low === k) return;
      keys.copyWithin(low + 1, low, k - 1);
      indices.copyWithin(low + 1, low, k - 1);
      keys[low] = key;
      indices[low] = index;
      if (count < k) count++;
    },
  };
}
