import { once } from 'node:events';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { ServiceProcess } from '../support/start-process.ts';
import type { Attack, Seen } from './attack.ts';

/** What the watchdog saw of a process. */
export interface Watched {
  /** The most memory that was resident, in bytes. */
  readonly peak: number;
  /** The slowest answer of /livez in milliseconds. */
  readonly slowest: number;
  /** Whether the process exceeded the limit and was ended. */
  readonly killed: boolean;
}

/**
 * The container of these attacks: 1 GiB. A limit on addresses (ulimit -v) cannot stand for it, because V8 and WebAssembly reserve tens of gigabytes that they
 * never use; so the watchdog looks at resident memory every 10 ms and ends the process above it, as a container's cgroup does.
 */
const CONTAINER = 2 ** 30;
/** What the service's default of MAX_MEMORY_BYTES is in such a container. */
const MAX_MEMORY_BYTES = CONTAINER / 2;

const LIVEZ_MS = 200;
/** In `npm test` other tests take the processor too. */
const LIVEZ_SHORT_MS = 2000;

const MB = 2 ** 20;

/** What is sent in one attack, `size` of it; what came back, as the table prints it. */
export type Send = (service: ServiceProcess, size: number) => Promise<string>;

/** A row about memory: whatever is sent, the process stays below 1 GiB and answers /livez. */
export const memoryAttack = (name: string, send: Send): Attack => ({
  name: `${name}, in 1 GiB`,
  held: 'resident memory; the slowest /livez meanwhile',
  limit: `<= ${CONTAINER / MB} MiB; <= ${LIVEZ_MS} ms`,
  env: { MAX_MEMORY_BYTES: String(MAX_MEMORY_BYTES), WRITE_TIMEOUT_MS: '2000' },
  async run(service, size): Promise<Seen> {
    const watchdog = new Worker(new URL('./watchdog.ts', import.meta.url), {
      workerData: { pid: service.child.pid, url: service.url, limit: CONTAINER },
    });
    await once(watchdog, 'online');
    const came = await send(service, size);
    watchdog.postMessage('over');
    const [{ peak, slowest, killed }] = (await once(watchdog, 'message')) as [Watched];
    const measured = `${(peak / MB).toFixed(0)} MiB${killed ? ', killed' : ''}; ${slowest.toFixed(0)} ms; ${came}`;
    return { measured, held: !killed && slowest <= (size < 1 ? LIVEZ_SHORT_MS : LIVEZ_MS) };
  },
});

/** Posts bytes to /dtw or one of its operations; resolves with the status and code, `0` where the connection ended without an answer. */
export async function post(
  { url }: ServiceProcess,
  path: string,
  body: Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const all = { host: 'a', connection: 'close', 'content-type': 'application/json', ...headers };
  const lines = Object.entries({ ...all, 'content-length': body.length }).map(([key, value]) => `${key}: ${value}\r\n`);
  // A refusal may come before all is sent: then writing fails, and that is no error.
  const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
  const closed = new Promise((resolve) => socket.on('close', resolve));
  let text = '';
  socket.on('data', (piece) => {
    if (text.length < 2000) text += piece;
  });
  socket.write(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  socket.write(body);
  await closed;
  return `${Number(text.slice(9, 12))} ${/"code":"(\w+)"/.exec(text)?.[1] ?? ''}`.trim();
}

/** `40 x`: how often each answer came. */
export function counted(answers: readonly string[]): string {
  const kinds = [...new Set(answers)].sort();
  return kinds.map((kind) => `${answers.filter((one) => one === kind).length} x ${kind}`).join(', ');
}

/** `{"s1": [0.123..., ...], "s2": [1]}` of so many MiB. */
export const longSeries = (size: number): Buffer => repeated('{"s2":[1],"s1":[', '0.123456789012345,', '1]}', size);

/** `{"dataset1": [[0],[0],...]}` of so many MiB: what takes most memory for its bytes. */
export const shortSeries = (size: number): Buffer => repeated('{"dataset1":[', '[0],', '[0]]}', size);

const repeated = (start: string, unit: string, end: string, size: number): Buffer =>
  Buffer.from(start + unit.repeat(Math.floor((size * MB) / unit.length)) + end);
