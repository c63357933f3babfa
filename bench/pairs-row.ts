// A training batch: values and gradients of 64 pairs, on one thread. bench/python/pairs.py compares it with PyTorch.
import { BATCH, pairsTask } from './pairs-task.ts';
import { race } from './race.ts';
import type { Row } from './rows.ts';

/** pairs of soft-dtw: what the gradients of a batch cost beside its values. */
export async function pairsRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const n of [24, 100, 300]) {
    const times = await race({ values: pairsTask(n, false), gradients: pairsTask(n, true) });
    rows.push({
      task: `pairs soft-dtw, ${BATCH} of length ${n}`,
      ratio: 'gradients / values',
      target: 2,
      atLeast: false,
      measured: times.gradients / times.values,
      perCell: times.gradients / BATCH / n / n,
    });
  }
  return rows;
}

if (import.meta.main) console.log(await pairsRows());
