import { LANES } from '../kernels/index.ts';
import type { CrossBlock, CrossPut } from './engine.ts';

/** The pairs of a block one by one, from row `first` on. */
export function eachOf({ rows, columns, values }: CrossBlock, put: CrossPut['put'], first = 0): void {
  for (let r = first; r < rows.length; r++) {
    const { k, from, to } = rows[r];
    for (let lane = 0, at = LANES * r; lane < columns.length; lane++, at++) {
      const l = columns[lane];
      if (l >= from && l < to) put(k, l, values[at]);
    }
  }
}
