// node bench/envelopes.ts: envelopes that a thread computes, against those that it reads from this machine's disk and verifies, as it does with a bucket. Processor
// time, the least of some rounds with the file in the page cache; from the disk itself, time on the clock.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { sakoeChibaBand } from '../src/core/metric/band.ts';
import { envelope } from '../src/core/operations/lower-bound/envelope.ts';
import {
  type Dataset,
  type EnvelopeShelf,
  findNeighbors,
  metricRecord,
  readDataset,
  readParams,
  useEnvelopeShelf,
} from '../src/core/server-door.ts';
import { envelopeFiles } from '../src/server/datasets/envelope-files.ts';
import { series } from './data.ts';

const ROUNDS = 7;
const MIB = 2 ** 17;
/** On a disk: the directory for temporary files may be memory. */
const folder = mkdtempSync(join(resolve(process.env.STORE_CACHE ?? '.'), 'envelopes-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const files = envelopeFiles({ folder, bytes: 2 ** 33, code: 'bench' });

/** @param usage of the thread: without what collects garbage beside it, but only to 4 ms */
function spent(run: () => void, usage: () => NodeJS.CpuUsage = process.cpuUsage): { cpu: number; clock: number } {
  const { user, system } = usage();
  const started = performance.now();
  run();
  const now = usage();
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
  [750, 1000, 100],
  [75, 10_000, 100],
] as const) {
  const each = 2 * steps;
  const all = Array.from({ length: count }, (_, k) => Float64Array.from(series(steps, k + 1)));
  const band = sakoeChibaBand(steps, steps, radius);
  const compute = least(() => {
    for (const data of all) envelope({ data, n: steps, d: 1 }, band);
  });
  const size = Math.floor(MIB / each) * each;
  const blocks = Array.from({ length: Math.ceil((count * each) / size) }, (_, block) => ({
    place: { digest: `${steps}`, windows: `${radius}`, block, size },
    numbers: new Float64Array(Math.min(size, count * each - block * size)).map(Math.random),
  }));
  let written = 0;
  const put = least(() => {
    written++;
    for (const { place, numbers } of blocks) files.put({ ...place, windows: `${radius} ${written}` }, numbers);
  });
  for (const { place, numbers } of blocks) files.put(place, numbers);
  const readAll = (): void => {
    for (const { place, numbers } of blocks)
      if (!files.read(place, new Float64Array(numbers.length))) throw new Error('a block is not there');
  };
  const read = least(readAll);
  const fromDisk = forget() ? spent(readAll).clock : Number.NaN;
  const perMiB = (ms: number): number => ms / ((count * each) / MIB);
  row(`${count} x ${steps}, ${radius}`, perMiB(compute), perMiB(read), perMiB(fromDisk), perMiB(put));
}

console.log(
  '\nms of a search that finds no envelopes in the memory of its thread, for stored walks of 150 steps, k = 5',
);
row('series, queries, radii', 'compute', 'read', 'from disk', 'first');
const dtw = metricRecord('dtw');
let visitors = 0;
/** Every search is by a thread that has nothing in memory: to it, the data set is one that it has not seen. */
const shelf: EnvelopeShelf = {
  read: (place, into) => files.read({ ...place, digest: shared }, into),
  put: (place, block) => files.put({ ...place, digest: shared }, block),
};
let shared = '';
const noise = (n: number, seed: number): number[] =>
  Array.from({ length: n }, (_, i) => Math.sin(1e4 * Math.sin(n * seed + i + 1)));
for (const [name, one, count, queries, radii] of [
  ['walks', series, 1000, 100, [15]],
  ['walks', series, 10_000, 20, [15]],
  ['walks', series, 10_000, 20, [10, 20, 30]],
  ['walks', series, 50_000, 1, [15]],
  ['walks', series, 50_000, 10, [15]],
  ['noise', noise, 1000, 1, [15]],
  ['noise', noise, 10_000, 1, [15]],
] as const) {
  shared = `${name} ${count} ${queries} ${radii.length}`;
  const candidates = readDataset(Array.from({ length: count }, (_, k) => one(150, k + 1)));
  const asked = readDataset(Array.from({ length: queries }, (_, k) => one(150, 1e6 + k)));
  const search = (own: EnvelopeShelf | undefined) => (): void => {
    useEnvelopeShelf(own);
    const kept = { digest: `${visitors++}`, alive: new Int32Array(new SharedArrayBuffer(4)).fill(1) };
    for (const radius of radii) {
      const params = readParams(dtw, { sakoe_chiba_radius: radius });
      const problem = {
        queries: asked,
        candidates: { ...candidates, kept } as Dataset,
        k: 5,
        params,
        be: 'numpy',
      } as const;
      const rows = { indices: new Int32Array(5 * queries), values: new Float64Array(5 * queries) };
      findNeighbors(dtw, problem, { from: 0, to: queries }, rows);
    }
  };
  // Compiled for both, in turn, so that neither has the better moment.
  for (let round = 0; round < 4; round++) for (const own of [undefined, shelf]) search(own)();
  shared += ' again';
  const first = spent(search(shelf), process.threadCpuUsage).cpu;
  let [compute, read] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round++) {
    compute = Math.min(compute, spent(search(undefined), process.threadCpuUsage).cpu);
    read = Math.min(read, spent(search(shelf), process.threadCpuUsage).cpu);
  }
  const fromDisk = forget() ? spent(search(shelf)).clock : Number.NaN;
  row(`${count} ${name}, ${queries}, ${radii.join(' ')}`, compute, read, fromDisk, first);
}
