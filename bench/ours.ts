// Prints Warpserve's microseconds for the tasks of bench/python/compare.py, as JSON.

import { solve } from '../src/core/engines/solve.ts';
import { metricRecord, type Wanted } from '../src/core/index.ts';
import { readSeries } from '../src/core/input/series.ts';
import { type Params, readParams } from '../src/core/metric/params.ts';
import { findSubsequence } from '../src/core/operations/subsequence/subsequence.ts';
import { series } from './data.ts';
import { race } from './race.ts';

const tasks: [name: string, metric: string, n: number, params: object, wanted: Wanted, d: number][] = [
  ...[128, 1000, 4000].map((n): (typeof tasks)[0] => [`dtw n=${n}`, 'dtw', n, {}, {}, 1]),
  ['dtw radius=100 n=1000', 'dtw', 1000, { sakoe_chiba_radius: 100 }, {}, 1],
  ['dtw d=3 n=500', 'dtw', 500, {}, {}, 3],
  ['dtw path n=1000', 'dtw', 1000, {}, { path: true }, 1],
  ['soft-dtw gamma=1 n=128', 'soft-dtw', 128, {}, {}, 1],
  ['soft-dtw gamma=1 n=1000', 'soft-dtw', 1000, {}, {}, 1],
  ['soft-dtw + gradient n=1000', 'soft-dtw', 1000, {}, { grad: true }, 1],
  ...['adtw', 'ddtw', 'edr', 'erp', 'frechet', 'gak', 'msm', 'twe', 'wddtw', 'wdtw'].map(
    (metric): (typeof tasks)[0] => [`${metric} n=1000`, metric, 1000, {}, {}, 1],
  ),
];

const contenders = tasks.map(([name, metric, n, given, wanted, d]) => {
  const record = metricRecord(metric);
  const params: Params = readParams(record, given);
  const rows = (seed: number) => {
    const flat = series(n, seed, d);
    return d === 1 ? flat : Array.from({ length: n }, (_, i) => flat.slice(i * d, (i + 1) * d));
  };
  const s1 = readSeries(rows(1));
  const s2 = readSeries(rows(2));
  return [name, () => solve(record, s1, s2, params, 'numpy', wanted)] as const;
});

const problem = { query: readSeries(series(100, 1)), series: readSeries(series(100_000, 2)), k: 1, radius: undefined };
const search = ['subsequence 100 in 100000', () => findSubsequence({ ...problem, wanted: { path: true } })] as const;

const times = await race(Object.fromEntries([...contenders, search]), { rounds: 3, milliseconds: 40 });
console.log(JSON.stringify(Object.fromEntries(Object.entries(times).map(([name, ns]) => [name, ns / 1e3]))));
