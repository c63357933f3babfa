import { cdist, neighbors } from '../src/core/index.ts';
import { series } from './data.ts';
import { race } from './race.ts';
import type { Row } from './rows.ts';

const CANDIDATES = 1000;
const QUERIES = 100;

/** The nearest of many candidates: lower bounds and early abandoning compared with the matrix of every pair. */
export async function neighborsRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const n of [150, 500]) {
    const all = Array.from({ length: CANDIDATES + QUERIES }, (_, k) => normalized(series(n, k + 1)));
    const queries = all.slice(0, QUERIES);
    const candidates = all.slice(QUERIES);
    for (const [what, params, target] of [
      ['no band', {}, 3],
      ['radius 10 %', { sakoe_chiba_radius: n / 10 }, 8],
    ] as const) {
      const { pruned } = neighbors('dtw', queries, candidates, params);
      const times = await race(
        {
          every: () => cdist('dtw', queries, candidates, params),
          nearest: () => neighbors('dtw', queries, candidates, params),
        },
        { rounds: 3 },
      );
      rows.push({
        task: `nearest of ${CANDIDATES} of length ${n}, ${what}`,
        ratio: `matrix / ${((100 * pruned) / CANDIDATES / QUERIES).toFixed(1)} % pruned`,
        target,
        atLeast: true,
        measured: times.every / times.nearest,
      });
    }
  }
  return rows;
}

/** Mean 0 and standard deviation 1, as is usual: bounds prune less without differences in level. */
function normalized(values: number[]): number[] {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  return values.map((x) => (x - mean) / deviation);
}
