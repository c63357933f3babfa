// The matrix of many short series, on one thread, against the scratch kernel: nanoseconds per cell of both, in cells of their own inputs.
import { cdist } from '../src/core/index.ts';
import { series } from './data.ts';
import { race } from './race.ts';
import type { Row } from './rows.ts';
import { scratchKernel } from './scratch-kernel.ts';

/** cdist of dtw with itself, from short series to long ones. */
export async function cdistShortRows(): Promise<Row[]> {
  const scratch = await scratchKernel();
  const rows: Row[] = [];
  for (const n of [16, 24, 60, 150, 300, 1000]) {
    const count = Math.min(400, Math.round(20_000 / n));
    const all = Array.from({ length: count }, (_, k) => series(n, k + 1));
    const eight = scratch(n);
    const repeats = Math.ceil(100_000 / n / n);
    const times = await race({
      ours: () => cdist('dtw', all),
      scratch: () => {
        for (let r = 0; r < repeats; r++) eight();
      },
    });
    const perCell = times.ours / ((count * (count - 1)) / 2) / n / n;
    rows.push({
      task: `cdist dtw, ${count} of length ${n}, self`,
      ratio: 'per cell / scratch kernel',
      target: 1.2,
      atLeast: false,
      measured: perCell / (times.scratch / repeats / 8 / n / n),
      perCell,
    });
  }
  return rows;
}
