// node bench/jobs.ts [matrix|queue|neighbors ...] [--scale 0.1]: what jobs and stored data sets cost, with an embedded database. In full, the matrix
// (20,000 series of 100 steps) takes some minutes of two quiet cores, and 3.3 GB of disk.
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { matrixRows } from './jobs/matrix.ts';
import { neighborsRows } from './jobs/neighbors.ts';
import { queueRows } from './jobs/queue.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { scale: { type: 'string', default: '1' } },
});
const scaled = (count: number): number => Math.ceil(count * Number(values.scale));

const parts: Readonly<Record<string, () => Promise<void>>> = {
  matrix: () => matrixRows(scaled(20_000), 100),
  queue: () => queueRows(scaled(100_000), scaled(1000)),
  neighbors: () => neighborsRows(scaled(100_000), 150),
};

console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores for client and service, Node ${process.version}\n`);
for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
  const run = parts[name];
  if (run === undefined) throw new Error(`${name}: not one of ${Object.keys(parts).join(', ')}`);
  await run();
}
