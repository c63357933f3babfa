import { readdir } from 'node:fs/promises';
import { exchange } from '../support/exchange.ts';
import { type ServiceProcess, startProcess } from '../support/start-process.ts';
import type { Attack, Seen } from './attack.ts';

const folder = new URL('./attacks/', import.meta.url);

/** /livez must answer within this after an attack. */
const LIVEZ_MS = 200;

/** Every attack there is: the files of attacks/, in the order of their names. */
export async function allAttacks(): Promise<Attack[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort();
  return Promise.all(files.map(async (file) => (await import(new URL(file, folder).href)).attack as Attack));
}

/** Runs an attack on a service of its own, and looks how that is afterwards. */
export async function judge({ env, ulimit, authorization, run }: Attack, size: number): Promise<Seen> {
  const service = await startProcess({ WORKERS: '1', LOG_LEVEL: 'warn', ...env }, undefined, ulimit);
  let seen: Seen;
  try {
    seen = await run(service, size);
  } catch (error) {
    seen = { measured: `failed: ${(error as Error).message}`, held: false };
  }
  const faults = await faultsOf(service, authorization);
  if (faults.length === 0) return seen;
  return { measured: `${seen.measured}; then ${faults.join(', ')}`, held: false };
}

/** What is wrong with a service after an attack; ends it. */
async function faultsOf(service: ServiceProcess, authorization?: string): Promise<string[]> {
  const { child, lines, ended, url } = service;
  if (child.exitCode !== null || child.signalCode !== null) {
    return [`the process had ended (${child.exitCode ?? child.signalCode})`];
  }
  const faults: string[] = [];
  const started = performance.now();
  const { status } = await exchange(url, 'GET /livez HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n', {
    leaveAfter: 5000,
  });
  const ms = performance.now() - started;
  if (status !== 200 || ms > LIVEZ_MS) faults.push(`/livez ${status} in ${ms.toFixed(0)} ms`);
  if (!(await serves(url, authorization))) faults.push('a good request was not served');
  const bugs = lines.filter((line) => /"level":[56]0|unhandled/i.test(line));
  if (bugs.length > 0) faults.push(`${bugs.length} errors in the log: ${bugs[0]?.slice(0, 300)}`);
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 40_000);
  const code = await ended;
  clearTimeout(impatience);
  if (code !== 0) faults.push(`exit code ${code}`);
  return faults;
}

/** Whether a good request on a new connection is answered, and right. */
export async function serves(url: string, authorization?: string): Promise<boolean> {
  const { status, body } = await exchange(url, goodRequest(authorization), { leaveAfter: 5000 });
  return status === 200 && body.startsWith('{"value":6.48074069840786');
}

/** The bytes of a pair of three steps. */
export function goodRequest(authorization?: string): string {
  const body = '{"s1":[1,2,3],"s2":[3,4,-3]}';
  const head = ['POST /dtw HTTP/1.1', 'host: a', 'connection: close', 'content-type: application/json'];
  if (authorization !== undefined) head.push(`authorization: ${authorization}`);
  return `${[...head, `content-length: ${body.length}`].join('\r\n')}\r\n\r\n${body}`;
}
