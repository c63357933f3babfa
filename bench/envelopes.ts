// node bench/envelopes.ts: envelopes computed again, against envelopes read from a file and verified by its digest. Processor time for each MiB of them, the
// least of some rounds; the file is in the page cache, so the disk is not counted.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sakoeChibaBand } from '../src/core/metric/band.ts';
import { envelope } from '../src/core/operations/lower-bound/envelope.ts';
import { series } from './data.ts';

const NUMBERS = 750_000;
const ROUNDS = 7;
const folder = mkdtempSync(join(tmpdir(), 'envelopes-'));

const cpuMs = (run: () => void): number => {
  const { user, system } = process.cpuUsage();
  run();
  const now = process.cpuUsage();
  return (now.user + now.system - user - system) / 1000;
};
const least = (run: () => void): number => Math.min(...Array.from({ length: ROUNDS }, () => cpuMs(run)));

console.log(
  `${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}; ms of CPU for each MiB of envelopes`,
);
console.log('series        radius  compute   read  sha256');
for (const [steps, radius] of [
  [15, 2],
  [150, 15],
  [1000, 100],
  [10_000, 100],
] as const) {
  const count = NUMBERS / steps;
  const all = Array.from({ length: count }, (_, k) => Float64Array.from(series(steps, k + 1)));
  const band = sakoeChibaBand(steps, steps, radius);
  const kept = new Float64Array(2 * NUMBERS);
  const compute = least(() => {
    all.forEach((data, k) => {
      const { lower, upper } = envelope({ data, n: steps, d: 1 }, band);
      kept.set(lower, 2 * k * steps);
      kept.set(upper, (2 * k + 1) * steps);
    });
  });
  const file = join(folder, String(steps));
  writeFileSync(file, kept);
  const read = least(() => void readFileSync(file));
  const bytes = readFileSync(file);
  const digest = least(() => void createHash('sha256').update(bytes).digest());
  const each = (ms: number) => (ms / (kept.byteLength / 2 ** 20)).toFixed(2);
  console.log(
    `${count} x ${steps}`.padEnd(14),
    String(radius).padStart(5),
    each(compute).padStart(8),
    each(read).padStart(6),
    each(digest).padStart(7),
  );
}
rmSync(folder, { recursive: true });
