// node bench/scaling.ts: how time grows with n, with the band, with d and with the number of pairs. One thread.
import { cpus } from 'node:os';
import { cdist } from '../src/core/index.ts';
import { kernelFor, type Pair } from '../src/core/kernels/index.ts';
import { constraintBand } from '../src/core/metric/band.ts';
import { series } from './data.ts';
import { race } from './race.ts';

const never = () => {};
const moves = { kind: 'warp', local: { cost: 'sqeuclidean' } } as const;
const dtw = (d: number) => kernelFor({ moves, reduce: 'min' }, d);
const softDtw = (d: number) => kernelFor({ moves, reduce: 'softmin', gamma: 1 }, d);

const pair = (n: number, d = 1): Pair => ({
  s1: Float64Array.from(series(n, 1, d)),
  s2: Float64Array.from(series(n, 2, d)),
  n,
  m: n,
  d,
});

const band = (n: number) =>
  constraintBand(n, n, { global_constraint: null, sakoe_chiba_radius: Math.round(n / 10), itakura_max_slope: null });

function show(nanoseconds: number): string {
  if (nanoseconds < 1e5) return `${(nanoseconds / 1e3).toFixed(1)} us`;
  return nanoseconds < 1e8 ? `${(nanoseconds / 1e6).toFixed(2)} ms` : `${(nanoseconds / 1e9).toFixed(2)} s`;
}

function row(cells: readonly string[]): void {
  console.log(`| ${cells.join(' | ')} |`);
}

console.log(`Node ${process.version}, ${cpus()[0]?.model}\n`);
row([
  'n = m',
  'dtw',
  'band 10 %',
  'path',
  'gradient',
  'soft-dtw',
  'gradient',
  'ns per cell: dtw',
  'soft-dtw',
  'soft gradient',
]);
row(new Array(10).fill('---'));
for (let power = 6; power <= 14; power++) {
  const n = 2 ** power;
  const p = pair(n);
  const narrow = band(n);
  const t = await race(
    {
      dtw: () => dtw(1).value(p, undefined, never),
      band: () => dtw(1).value(p, narrow, never),
      path: () => dtw(1).path?.(p, undefined, never),
      gradient: () => dtw(1).gradient(p, undefined, never),
      soft: () => softDtw(1).value(p, undefined, never),
      softGradient: () => softDtw(1).gradient(p, undefined, never),
    },
    { rounds: n > 4096 ? 1 : 3, milliseconds: 30 },
  );
  const perCell = (time: number) => (time / n / n).toFixed(2);
  row([
    `2^${power} = ${n}`,
    ...[t.dtw, t.band, t.path, t.gradient, t.soft, t.softGradient].map(show),
    ...[t.dtw, t.soft, t.softGradient].map(perCell),
  ]);
}

console.log('');
row(['d (n = m = 1000)', 'dtw', 'soft-dtw', 'soft-dtw gradient']);
row(new Array(4).fill('---'));
for (const d of [1, 2, 3, 8, 32]) {
  const p = pair(1000, d);
  const t = await race(
    {
      dtw: () => dtw(d).value(p, undefined, never),
      soft: () => softDtw(d).value(p, undefined, never),
      softGradient: () => softDtw(d).gradient(p, undefined, never),
    },
    { rounds: 3, milliseconds: 30 },
  );
  row([String(d), ...[t.dtw, t.soft, t.softGradient].map(show)]);
}

console.log('');
row(['series of length 200, cdist with itself', 'pairs', 'dtw', 'per pair']);
row(new Array(4).fill('---'));
for (const count of [25, 50, 100, 200]) {
  const dataset = Array.from({ length: count }, (_, k) => series(200, k + 1));
  const { time } = await race({ time: () => cdist('dtw', dataset) }, { rounds: 3, milliseconds: 30 });
  const pairs = (count * (count - 1)) / 2;
  row([String(count), String(pairs), show(time), show(time / pairs)]);
}
