// node bench/envelopes.ts: envelopes that a search computes, against those that it reads from this machine's disk and verifies, as it may with a bucket. Processor
// time, the least of some rounds with the files in the page cache; from the disk itself, time on the clock.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { Instance } from '../src/core/kernels/simd/instance.ts';
import { windowsOf } from '../src/core/kernels/simd/windows.ts';
import { sakoeChibaBand } from '../src/core/metric/band.ts';
import {
  type Dataset,
  type EnvelopeShelf,
  findNeighbors,
  kernelModule,
  metricRecord,
  readDataset,
  readParams,
  useEnvelopeShelf,
} from '../src/core/server-door.ts';
import { envelopeFiles } from '../src/server/datasets/envelope-files.ts';
import { series } from './data.ts';

const ROUNDS = 9;
/** Numbers in a MiB, and about as many as a search keeps in a file. */
const MIB = 2 ** 17;
const PART = 4 * MIB;
/** On a disk: the directory for temporary files may be memory. */
const folder = mkdtempSync(join(resolve(process.env.STORE_CACHE ?? '.'), 'envelopes-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const files = envelopeFiles({ folder, bytes: 2 ** 33, code: 'bench' });

function spent(run: () => void): { cpu: number; clock: number } {
  const { user, system } = process.cpuUsage();
  const started = performance.now();
  run();
  const now = process.cpuUsage();
  return { cpu: (now.user + now.system - user - system) / 1000, clock: performance.now() - started };
}
const least = (run: () => void): number => Math.min(...Array.from({ length: ROUNDS }, () => spent(run).cpu));

/** Takes the files out of the page cache, where the system can. */
function forget(): boolean {
  return readdirSync(folder).every(
    (name) =>
      spawnSync('dd', [`of=${join(folder, name)}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0']).status === 0,
  );
}

const row = (...cells: (string | number)[]): void =>
  console.log(
    cells.map((cell, at) => (typeof cell === 'number' ? cell.toFixed(2) : cell).padEnd(at === 0 ? 30 : 10)).join(''),
  );

console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}`);
console.log('\nms for each MiB of envelopes');
row('series, radius', 'compute', 'read', 'from disk', 'put');
for (const [count, steps, radius] of [
  [50_000, 15, 2],
  [5000, 150, 15],
  [5000, 150, 60],
  [750, 1000, 100],
  [75, 10_000, 100],
] as const) {
  const memory = new Instance(kernelModule());
  memory.reset();
  const [data, numbers] = [memory.take(8 * count * steps), memory.take(16 * count * steps)];
  const [list, marks] = [memory.take(4 * count), memory.take(4 * count)];
  const windows = windowsOf(sakoeChibaBand(steps, steps, radius), () => {});
  const [table, scratch] = [memory.take(4 * windows.table.length), memory.take(16 * steps + 64)];
  for (let k = 0; k < count; k++) memory.f64.set(series(steps, k + 1), (data >> 3) + k * steps);
  for (let k = 0; k < count; k++) memory.i32[(list >> 2) + k] = k;
  memory.i32.set(windows.table, table >> 2);
  memory.wasm.setScratch(scratch);
  let round = 0;
  const [each, half] = [16 * steps, 8 * steps];
  const compute = least(() => {
    memory.wasm.keepEnvelopes(list, count, data, steps, 1, table, windows.levels, numbers, each, half, marks, ++round);
  });
  const many = Math.max(1, Math.floor(PART / (2 * steps)));
  const parts = Array.from({ length: Math.ceil(count / many) }, (_, part) => {
    const [from, to] = [part * many, Math.min(count, (part + 1) * many)];
    const own = memory.f64.subarray((numbers >> 3) + 2 * steps * from, (numbers >> 3) + 2 * steps * to);
    return { part, own: [memory.i32.subarray((marks >> 2) + from, (marks >> 2) + to), own] };
  });
  const placeOf = (part: number, at = 0) => ({ digest: `${steps}`, windows: `${radius} ${at}`, part, queries: 1 });
  let written = 0;
  const put = least(() => {
    written++;
    for (const { part, own } of parts) files.put(placeOf(part, written), own);
  });
  for (const { part, own } of parts) files.put(placeOf(part), own);
  const readAll = (): void => {
    for (const { part, own } of parts) if (!files.read(placeOf(part), own)) throw new Error('a part is not there');
  };
  const read = least(readAll);
  const fromDisk = forget() ? spent(readAll).clock : Number.NaN;
  const perMiB = (ms: number): number => ms / ((count * 2 * steps) / MIB);
  row(`${count} x ${steps}, ${radius}`, perMiB(compute), perMiB(read), perMiB(fromDisk), perMiB(put));
}

console.log('\nms of a search among stored series of 150 steps, k = 5');
row('series, queries, radii', 'compute', 'read', 'from disk', 'first', 'files');
const dtw = metricRecord('dtw');
let shared = '';
/** How many parts were found. */
let found = 0;
const shelf: EnvelopeShelf = {
  read(place, into) {
    const isThere = files.read({ ...place, digest: shared }, into);
    found += Number(isThere);
    return isThere;
  },
  put: (place, part) => files.put({ ...place, digest: shared }, part),
};
const noise = (n: number, seed: number): number[] =>
  Array.from({ length: n }, (_, i) => Math.sin(1e4 * Math.sin(n * seed + i + 1)));
for (const [name, one, count, queries, radii] of [
  ['walks', series, 1000, 100, [15]],
  ['walks', series, 10_000, 1, [15]],
  ['walks', series, 10_000, 20, [15]],
  ['walks', series, 10_000, 20, [10, 20, 30]],
  ['walks', series, 50_000, 10, [15]],
  ['noise', noise, 10_000, 1, [15]],
  ['noise', noise, 10_000, 20, [15]],
  ['noise', noise, 10_000, 20, [5, 10, 20, 30]],
] as const) {
  shared = `${name} ${count} ${queries} ${radii.length}`;
  const kept = { digest: shared, alive: new Int32Array(new SharedArrayBuffer(4)).fill(1) };
  const candidates: Dataset = { ...readDataset(Array.from({ length: count }, (_, k) => one(150, k + 1))), kept };
  const asked = readDataset(Array.from({ length: queries }, (_, k) => one(150, 1e6 + k)));
  const search = (own: EnvelopeShelf | undefined) => (): void => {
    useEnvelopeShelf(own);
    for (const radius of radii) {
      const params = readParams(dtw, { sakoe_chiba_radius: radius });
      const problem = { queries: asked, candidates, k: 5, params, be: 'numpy' } as const;
      const rows = { indices: new Int32Array(5 * queries), values: new Float64Array(5 * queries) };
      findNeighbors(dtw, problem, { from: 0, to: queries }, rows);
    }
  };
  // Compiled for both, in turn, so that neither has the better moment.
  for (let round = 0; round < 3; round++) for (const own of [undefined, shelf]) search(own)();
  shared += ' again';
  const first = spent(search(shelf)).cpu;
  let [compute, read] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round++) {
    compute = Math.min(compute, spent(search(undefined)).cpu);
    found = 0;
    read = Math.min(read, spent(search(shelf)).cpu);
  }
  const fromDisk = forget() ? spent(search(shelf)).clock : Number.NaN;
  row(`${count} ${name}, ${queries}, ${radii.join(' ')}`, compute, read, fromDisk, first, String(found));
}
