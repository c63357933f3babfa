// Prints Warpserve's microseconds a pair for the matrices that bench/python/matrices.py asks for, as JSON: [metric, count, n, d, params] for each name.
import { cdist } from '../src/core/index.ts';
import { series } from './data.ts';
import { race } from './race.ts';

type Task = [metric: string, count: number, n: number, d: number, params: Record<string, unknown>];

const tasks = JSON.parse(process.argv[2] ?? '{}') as Record<string, Task>;

function seriesOf(n: number, seed: number, d: number): number[] | number[][] {
  const flat = series(n, seed, d);
  return d === 1 ? flat : Array.from({ length: n }, (_, i) => flat.slice(i * d, (i + 1) * d));
}

const times: Record<string, number> = {};
for (const [name, [metric, count, n, d, params]] of Object.entries(tasks)) {
  const all = Array.from({ length: count }, (_, k) => seriesOf(n, k + 1, d));
  // One at a time: what was compiled for one metric does not suit the next.
  const { ours } = await race({ ours: () => cdist(metric, all, undefined, params) }, { rounds: 3, milliseconds: 60 });
  times[name] = ours / 1e3 / ((count * (count - 1)) / 2);
}
console.log(JSON.stringify(times));
