// POST /dtw over loopback compared with a bare route: how much of a request is not Fastify's own work?
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { series } from './data.ts';
import { median as medianOf } from './race.ts';
import type { Row } from './rows.ts';
import { start } from './start.ts';

const CONNECTIONS = 32;
const SECONDS = 3;
const ROUNDS = 2;

interface Load {
  readonly rate: number;
  /** Processor time of the server's main thread for each request, in microseconds; NaN where Linux does not say. */
  readonly us: number;
  readonly p50: number;
  readonly p99: number;
}

/** Requests per second and latencies of both services, alternating, as medians over the rounds. */
async function compareHttp(n: number): Promise<{ bare: Load; warpserve: Load }> {
  const body = JSON.stringify({ s1: series(n, 1), s2: series(n, 2) });
  const bare = await start('bench/bare-server.ts', 18_080);
  const warpserve = await start('src/server/main.ts', 18_081);
  try {
    const loads = { bare: [] as Load[], warpserve: [] as Load[] };
    for (let round = 0; round <= ROUNDS; round++) {
      const first = await load(bare, body);
      const second = await load(warpserve, body);
      if (round === 0) continue; // warm-up
      loads.bare.push(first);
      loads.warpserve.push(second);
    }
    return { bare: median(loads.bare), warpserve: median(loads.warpserve) };
  } finally {
    bare.process.kill();
    warpserve.process.kill();
  }
}

async function load({ url, process: { pid } }: Awaited<ReturnType<typeof start>>, body: string): Promise<Load> {
  const before = mainThreadUs(pid);
  const result = await autocannon({
    url: `${url}/dtw`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers were not 200`);
  const us = (mainThreadUs(pid) - before) / result.requests.total;
  return { rate: result.requests.average, us, p50: result.latency.p50, p99: result.latency.p99 };
}

/** Processor time that the main thread of a process has had. */
function mainThreadUs(pid: number | undefined): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1000;
  } catch {
    return Number.NaN;
  }
}

const median = (loads: Load[]): Load => loads.sort((a, b) => a.rate - b.rate)[loads.length >> 1] as Load;

/** The rows for a complete request. */
export async function httpRows(): Promise<Row[]> {
  const { bare, warpserve } = await compareHttp(128);
  const task = `POST /dtw, n = 128, ${CONNECTIONS} connections`;
  const rows: Row[] = [
    { task, ratio: 'of the bare route', target: 0.6, atLeast: true, measured: warpserve.rate / bare.rate },
    { task, ratio: 'p99 / p50', target: 10, atLeast: false, measured: warpserve.p99 / Math.max(1, warpserve.p50) },
  ];
  for (const [name, { rate, us }] of Object.entries({ bare, Warpserve: warpserve })) {
    console.log(`      ${name}: ${rate.toFixed(0)} req/s, ${us.toFixed(1)} us of its main thread per request`);
  }
  const share = await kernelShare(1000);
  rows.push({
    task: 'POST /soft-dtw?grad=true, n = 1000',
    ratio: 'kernel / wall time',
    target: 0.8,
    atLeast: true,
    measured: share,
  });
  return rows;
}

/** The fraction of a request's wall time, as seen by its client, that the kernel takes. */
async function kernelShare(n: number): Promise<number> {
  const { process: child, url } = await start('src/server/main.ts', 18_082);
  const body = JSON.stringify({ s1: series(n, 1), s2: series(n, 2) });
  const shares: number[] = [];
  for (let round = 0; round < 60; round++) {
    const started = performance.now();
    const response = await fetch(`${url}/soft-dtw?grad=true`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    await response.arrayBuffer();
    const wall = performance.now() - started;
    const [, compute] = /compute;dur=([\d.]+)/.exec(response.headers.get('server-timing') ?? '') ?? [];
    if (round >= 20) shares.push(Number(compute) / wall);
  }
  child.kill();
  return medianOf(shares);
}

if (import.meta.main) console.log(await httpRows());
