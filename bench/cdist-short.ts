// The matrix of many short series, on one thread, against the scratch kernel: nanoseconds per cell of both, in cells of their own inputs.
import { cdist } from '../src/core/index.ts';
import { series } from './data.ts';
import { race } from './race.ts';
import type { Row } from './rows.ts';
import { scratchKernel } from './scratch-kernel.ts';

type Params = Record<string, unknown>;

/** Cells of a pair of n and m steps in a band. */
const inBand = (n: number, m: number, radius: number) => {
  const rows = Math.max(0, Math.min(n, m) - 1 - radius);
  return n * m - rows * (rows + 1);
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

/** A matrix of 120 series of 80 to 120 steps with itself: its time per cell, as a multiple of that where all have 100. */
async function severalLengths(radius: number | undefined) {
  const lengths = Array.from({ length: 120 }, (_, k) => 80 + ((17 * k) % 41));
  const params = radius === undefined ? {} : { sakoe_chiba_radius: radius };
  const cellsOf = (all: readonly number[]) =>
    all.reduce((sum, n, k) => sum + all.slice(0, k).reduce((part, m) => part + inBand(n, m, radius ?? n + m), 0), 0);
  const asked = (all: readonly number[]) => {
    const dataset = all.map((n, k) => series(n, k + 1));
    return () => cdist('dtw', dataset, undefined, params);
  };
  const alike = lengths.map(() => 100);
  const times = await race({ several: asked(lengths), alike: asked(alike) });
  const perCell = times.several / cellsOf(lengths);
  return { perCell, measured: perCell / (times.alike / cellsOf(alike)) };
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
    const { ours, scratch: theirs } = await perCell('dtw', n, params, inBand(n, n, Math.round(n / 10)), scratch(n));
    const task = `cdist dtw, radius 10 %, n = ${n}`;
    rows.push({ task, ratio, target: 2, atLeast: false, measured: ours / theirs, perCell: ours });
  }
  for (const [band, radius, target] of [
    ['no band', undefined, 1.4],
    ['radius 10', 10, 2],
  ] as const) {
    const found = await severalLengths(radius);
    const task = `cdist dtw, 80 to 120 steps, ${band}`;
    rows.push({ task, ratio: 'per cell / all of 100', target, atLeast: false, ...found });
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
