import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { inflictAll, terminate } from './faults.ts';
import { killJobs } from './jobs.ts';
import { overload } from './load.ts';
import { startApart } from './processors.ts';
import { print, type Row } from './table.ts';

// npm run soak [-- load | faults | jobs | hostile ...]: stresses the service on loopback and reports which promises held. It fails on a broken promise,
// but on one about time only with --strict, since machines are shared. The client collects its garbage on its own thread: on one processor, waiting for
// others that collect made it note answers up to 70 ms late.

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { strict: { type: 'boolean', default: false } },
});

const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  async load() {
    const { rejoin, processors, ...service } = await startApart({ LOG_LEVEL: 'warn' });
    console.log(`processors: ${processors}`);
    try {
      return await overload(service, { measure: 10_000, overload: 60_000 });
    } finally {
      service.child.kill('SIGTERM');
      await service.ended;
      rejoin();
    }
  },
  async faults() {
    return [...(await inflictAll(20)), ...(await terminate(20))];
  },
  jobs: () => killJobs(20),
  async hostile() {
    const runs = Number(process.env.FC_RUNS ?? 20_000);
    const files = ['test/server/hostile.test.ts', 'test/server/hostile-wire.test.ts'];
    // Half of them near-valid bodies, half of them bytes and headers.
    const env = { ...process.env, FC_RUNS: String(Math.ceil(runs / files.length)) };
    const { status } = spawnSync(process.execPath, ['--test', ...files], { env, stdio: 'inherit' });
    const kept = status === 0;
    return [
      {
        promise: 'hostile requests answered as documented',
        target: `${runs}`,
        measured: kept ? `${runs}` : 'see above',
        kept,
      },
    ];
  },
};

console.log(`${cpus()[0]?.model}, ${availableParallelism()} cores for client and service, Node ${process.version}`);
const broken: Row[] = [];
for (const name of positionals.length > 0 ? positionals : Object.keys(parts)) {
  const rows = await parts[name]?.();
  if (rows === undefined) throw new Error(`${name}: not one of ${Object.keys(parts).join(', ')}`);
  print(name, rows);
  broken.push(...rows.filter(({ kept, timing }) => !kept && (values.strict || !timing)));
}
process.exitCode = broken.length > 0 ? 1 : 0;
