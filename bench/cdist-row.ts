import { cdist, metricRecord } from '../src/core/index.ts';
import { readDataset } from '../src/core/input/dataset.ts';
import { kernelFor } from '../src/core/kernels/index.ts';
import { readParams } from '../src/core/metric/params.ts';
import { cdistPrice } from '../src/core/operations/cdist.ts';
import type { CdistProblem } from '../src/core/operations/cdist-problem.ts';
import { readConfig } from '../src/server/config.ts';
import { compute } from '../src/server/operations/answer.ts';
import { cdistMatrix } from '../src/server/operations/cdist.ts';
import { Pool } from '../src/server/pool/pool.ts';
import { series } from './data.ts';
import { median, race } from './race.ts';
import type { Row } from './rows.ts';

const N = 200;

/** Until then threads are still compiling. */
const WARM = 4;
const ROUNDS = 25;

const workerFile = new URL('../src/server/worker/worker.ts', import.meta.url);

/** cdist of 200 series of length 200 with themselves: against single pairs, and on two workers against one. */
export async function cdistRows(): Promise<Row[]> {
  const all = Array.from({ length: N }, (_, k) => series(N, k + 1));
  const record = metricRecord('dtw');
  const params = readParams(record, {});
  const dataset1 = readDataset(all, 'dataset1');
  const problem: CdistProblem = { dataset1, dataset2: undefined, params, be: 'numpy' };
  const { cells } = cdistPrice(record, problem);

  const dtw = kernelFor({ moves: { kind: 'warp', local: { cost: 'sqeuclidean' } }, reduce: 'min' }, 1);
  const flat = all.map((s) => Float64Array.from(s));
  let at = 0;
  const next = () => {
    at = (at + 1) % (N - 1);
    return { s1: flat[at] as Float64Array, s2: flat[at + 1] as Float64Array, n: N, m: N, d: 1 };
  };
  const times = await race({ matrix: () => cdist('dtw', all), pair: () => dtw.value(next(), undefined, () => {}) });
  const perCell = times.matrix / cells;

  const pools = await Promise.all([1, 2].map(warmPool));
  const seconds: [number[], number[]] = [[], []];
  for (let round = -WARM; round < ROUNDS; round++) {
    for (const [which, pool] of pools.entries()) {
      const started = performance.now();
      const timing = { metric: 'dtw', backend: 'numpy', cells, queue: 0, compute: 0 };
      const caller = { id: 'bench', share: 1 };
      const call = { kind: 'cdist', caller, abandoned: new AbortController().signal, timing };
      const plan = cdistMatrix.plan(record, { dataset1, params, be: 'numpy' } as object as never, {});
      await compute(cdistMatrix, plan, pool, call);
      if (round >= 0) seconds[which]?.push(performance.now() - started);
    }
  }
  await Promise.all(pools.map((pool) => pool.close()));
  return [
    {
      task: 'cdist dtw, 200 x 200 of length 200, self',
      ratio: 'per cell / a single pair',
      target: 1.2,
      atLeast: false,
      measured: perCell / (times.pair / N / N),
      perCell,
    },
    {
      task: 'cdist dtw, 200 x 200 of length 200, self',
      ratio: 'one worker / two workers',
      target: 1.8,
      atLeast: true,
      measured: median(seconds[0]) / median(seconds[1]),
    },
  ];
}

async function warmPool(workers: number): Promise<Pool> {
  const pool = new Pool(readConfig({ WORKERS: String(workers) }), workerFile);
  await pool.warmUp();
  return pool;
}
