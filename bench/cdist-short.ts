// The matrix of many short series, on one thread, against the scratch kernel: nanoseconds per cell of both, in cells of their own inputs.
import { cdist } from '../src/core/index.ts';
import { series } from './data.ts';
import { race } from './race.ts';
import type { Row } from './rows.ts';
import { scratchKernel } from './scratch-kernel.ts';

type Params = Record<string, unknown>;

/** Cells of a pair of n steps in a band of 10 %. */
const inBand = (n: number) => {
  const rows = n - 1 - Math.round(n / 10);
  return n * n - rows * (rows + 1);
};

/** Nanoseconds per cell of a matrix of series of n steps with itself, and of the scratch kernel, in one race. */
async function perCell(metric: string, n: number, params: Params, cells: number, scratch: () => void) {
  const count = Math.min(400, Math.round(20_000 / n));
  const all = Array.from({ length: count }, (_, k) => series(n, k + 1));
  const repeats = Math.ceil(100_000 / n / n);
  const times = await race({
    ours: () => cdist(metric, all, undefined, params),
    scratch: () => {
      for (let r = 0; r < repeats; r++) scratch();
    },
  });
  return {
    count,
    ours: times.ours / ((count * (count - 1)) / 2) / cells,
    scratch: times.scratch / repeats / 8 / n / n,
  };
}

/** Matrices with themselves, from short series to long ones. */
export async function cdistShortRows(): Promise<Row[]> {
  const scratch = await scratchKernel();
  const rows: Row[] = [];
  const ratio = 'per cell / scratch kernel';
  for (const n of [16, 24, 60, 150, 300, 1000]) {
    const { ours, scratch: theirs, count } = await perCell('dtw', n, {}, n * n, scratch(n));
    const task = `cdist dtw, ${count} of length ${n}, self`;
    rows.push({ task, ratio, target: 1.2, atLeast: false, measured: ours / theirs, perCell: ours });
  }
  for (const n of [60, 150, 300, 1000]) {
    const params = { sakoe_chiba_radius: Math.round(n / 10) };
    const { ours, scratch: theirs } = await perCell('dtw', n, params, inBand(n), scratch(n));
    const task = `cdist dtw, radius 10 %, n = ${n}`;
    rows.push({ task, ratio, target: 2, atLeast: false, measured: ours / theirs, perCell: ours });
  }
  for (const gamma of [1, 0.01]) {
    const { ours: at16 } = await perCell('soft-dtw', 16, { gamma }, 16 * 16, scratch(16));
    const { ours: at150 } = await perCell('soft-dtw', 150, { gamma }, 150 * 150, scratch(150));
    const task = `cdist soft-dtw, gamma ${gamma}, n = 16`;
    rows.push({
      task,
      ratio: 'per cell / n = 150',
      target: 1.3,
      atLeast: false,
      measured: at16 / at150,
      perCell: at16,
    });
  }
  return rows;
}
