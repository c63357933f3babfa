// POST /dtw over loopback against a bare route: how much of a request is not Fastify's own work?
import { type ChildProcess, spawn } from 'node:child_process';
import autocannon from 'autocannon';
import { series } from './data.ts';

const CONNECTIONS = 32;
const SECONDS = 3;
const ROUNDS = 2;

interface Load {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
}

/** Requests per second and latencies of both services, in turn, medians of the rounds. */
export async function compareHttp(n: number): Promise<{ bare: Load; warpserve: Load }> {
  const body = JSON.stringify({ s1: series(n, 1), s2: series(n, 2) });
  const bare = await start('bench/bare-server.ts', 18_080);
  const warpserve = await start('src/server/main.ts', 18_081);
  try {
    const loads = { bare: [] as Load[], warpserve: [] as Load[] };
    for (let round = 0; round <= ROUNDS; round++) {
      const first = await load(bare.url, body);
      const second = await load(warpserve.url, body);
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

async function load(url: string, body: string): Promise<Load> {
  const result = await autocannon({
    url: `${url}/dtw`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} answers were not 200`);
  return { rate: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}

async function start(file: string, port: number): Promise<{ process: ChildProcess; url: string }> {
  const env = { ...process.env, PORT: String(port), LOG_LEVEL: 'warn' };
  const child = spawn(process.execPath, [file], { env, stdio: 'inherit' });
  const url = `http://127.0.0.1:${port}`;
  const ready = () =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await ready())) await new Promise((resolve) => setTimeout(resolve, 100));
  return { process: child, url };
}

const median = (loads: Load[]): Load => loads.sort((a, b) => a.rate - b.rate)[loads.length >> 1] as Load;

if (import.meta.main) console.log(await compareHttp(128));
