// node bench/jobs.ts [series] [steps]: what a matrix as a job costs, with an embedded database. 20,000 series of 100 steps take some minutes of
// two quiet cores and 3.3 GB of disk.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { series } from './data.ts';
import { start } from './start.ts';

const [COUNT = 20_000, STEPS = 100] = process.argv.slice(2).map(Number);
const THREADS = availableParallelism();
const PORT = 18_085;

/** What a row is to stay below, or above. */
interface Row {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

const folder = mkdtempSync(join(tmpdir(), 'warpserve-bench-'));
process.env.STORE_URL = `file:${folder}`;
process.env.MAX_BODY_BYTES = String(2 ** 30);
const { process: service, url } = await start('src/server/main.ts', PORT);
try {
  const text = Array.from({ length: COUNT }, (_, k) => series(STEPS, k + 1).join(',')).join('\n');
  await ok(fetch(`${url}/datasets/walks?format=csv&labels=none`, { method: 'PUT', body: text }));
  const rows: Row[] = [];
  const idle = await latencies(200);

  const headers = { 'content-type': 'application/json', prefer: 'respond-async' };
  await ok(fetch(`${url}/dtw`, { method: 'POST', headers, body: '{"s1":[1],"s2":[2]}' })); // opens the database
  const started = performance.now();
  const submitted = await ok(fetch(`${url}/dtw/cdist`, { method: 'POST', headers, body: '{"dataset1":"walks"}' }));
  const { id, progress } = (await submitted.json()) as { id: string; progress: { tiles: number } };
  rows.push({ what: `queue ${progress.tiles} tiles`, measured: performance.now() - started, unit: 'ms' });

  let most = 0;
  let status = '';
  let busy: number[] = [];
  while (status !== 'succeeded') {
    most = Math.max(most, residentMiB(service.pid as number));
    if (busy.length === 0 && status === 'running') busy = await latencies(200);
    await setTimeout(200);
    ({ status } = (await (await fetch(`${url}/jobs/${id}`)).json()) as { status: string });
    if (status === 'failed') throw new Error('the job failed');
  }
  const seconds = (performance.now() - started) / 1000;
  const computed = Number(
    /^warpserve_job_compute_seconds_total (\S+)/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1],
  );
  rows.push(
    { what: `matrix of ${COUNT} series of ${STEPS} steps`, measured: seconds, unit: 's' },
    { what: 'time in kernels', measured: (100 * computed) / (seconds * THREADS), unit: '%', atLeast: 90 },
    { what: 'memory of the service', measured: most, unit: 'MiB', atMost: 1024 },
    { what: 'p99 of POST /dtw n = 128 beside the job / idle', measured: p99(busy) / p99(idle), unit: 'x', atMost: 3 },
  );

  const before = residentMiB(service.pid as number);
  const result = await ok(fetch(`${url}/jobs/${id}/result`, { headers: { accept: 'application/x-npy' } }));
  let bytes = 0;
  let during = before;
  const reading = performance.now();
  for await (const piece of result.body as ReadableStream<Uint8Array>) {
    bytes += piece.length;
    if (bytes % 64 < 1) during = Math.max(during, residentMiB(service.pid as number));
  }
  rows.push(
    {
      what: `read ${(bytes / 2 ** 20).toFixed(0)} MiB as .npy`,
      measured: (performance.now() - reading) / 1000,
      unit: 's',
    },
    { what: 'memory that reading adds', measured: during - before, unit: 'MiB', atMost: 256 },
    { what: 'list and progress', measured: await median(`${url}/jobs?limit=100`), unit: 'ms', atMost: 20 },
  );
  for (const { what, measured, unit, atMost, atLeast } of rows) {
    const target = atMost !== undefined ? `<= ${atMost}` : atLeast !== undefined ? `>= ${atLeast}` : '';
    const short = (atMost !== undefined && measured > atMost) || (atLeast !== undefined && measured < atLeast);
    console.log(
      `${what.padEnd(48)} ${measured.toFixed(2).padStart(10)} ${unit.padEnd(4)} ${target.padEnd(8)} ${target && (short ? 'SHORT' : 'pass')}`,
    );
  }
} finally {
  service.kill('SIGTERM');
  await setTimeout(1000);
  rmSync(folder, { recursive: true, force: true });
}

async function ok(answer: Promise<Response>): Promise<Response> {
  const response = await answer;
  if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
  return response;
}

async function latencies(count: number): Promise<number[]> {
  const body = JSON.stringify({ s1: series(128, 1), s2: series(128, 2) });
  const times: number[] = [];
  for (let k = 0; k < count; k++) {
    const began = performance.now();
    await (await fetch(`${url}/dtw`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).text();
    times.push(performance.now() - began);
  }
  return times;
}

function p99(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(0.99 * times.length)] as number;
}

async function median(address: string): Promise<number> {
  const times: number[] = [];
  for (let k = 0; k < 21; k++) {
    const began = performance.now();
    await (await fetch(address)).text();
    times.push(performance.now() - began);
  }
  return times.toSorted((a, b) => a - b)[10] as number;
}

function residentMiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}
