import { connect } from 'node:net';
import { EXIT } from '../support/crash-triggers.ts';
import { type ServiceProcess, startProcess } from '../support/start-process.ts';
import { Client, type Outcome } from './client.ts';
import { countRow } from './load.ts';
import { type Ask, mixed, small } from './mix.ts';
import type { Row } from './table.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const wave = (n: number, first = 0) => [first, ...Array.from({ length: n - 1 }, (_, i) => Math.sin(i / 9))];
const ask = (path: string, body: object): Ask => ({ kind: 'long', path, body: JSON.stringify(body), answer: '' });
const deadly = ask('/dtw', { s1: wave(600, EXIT), s2: wave(600) });
/** Seconds of work, unless somebody stops it. */
const endless = ask('/soft-dtw', { s1: wave(60_000), s2: wave(60_000) });

/** Between two faults, for the load to go on. */
const BETWEEN_MS = 200;

const SETTINGS = {
  WORKERS: '2',
  MAX_CELLS: '100000000000',
  MAX_QUEUE: '100000000000',
  REQUEST_TIMEOUT_MS: '4000',
  RECEIVE_TIMEOUT_MS: '1000',
};
const CRASHING = new URL('./crashing-server.ts', import.meta.url).pathname;

/** What is done to the service, and what the client sees; undefined if it sees nothing. */
const faults: Readonly<Record<string, { expected: unknown; inflict: (service: ServiceProcess) => Promise<unknown> }>> =
  {
    'worker ended': { expected: 500, inflict: (service) => once(service, deadly) },
    'client gone mid-body': {
      expected: undefined,
      inflict: (service) => rawly(service, `${head(1000)}{"s1":[1,2`, 20),
    },
    'client gone mid-compute': {
      expected: undefined,
      inflict: (service) => rawly(service, `${head(endless.body.length, '/soft-dtw')}${endless.body}`, 200),
    },
    'slow-loris body': { expected: 408, inflict: (service) => rawly(service, `${head(1000)}{"s1":[`) },
    'time-out': { expected: 504, inflict: (service) => once(service, endless) },
  };

/** Each fault the given number of times while other requests continue: those must be unaffected, and the service must recover after each. */
export async function inflictAll(times: number): Promise<Row[]> {
  const service = await startProcess(SETTINGS, CRASHING);
  const rows: Row[] = [];
  for (const [name, { expected, inflict }] of Object.entries(faults)) {
    const client = new Client(service.url);
    const stop = new AbortController();
    const others = client.keepAsking(mixed(7), 3, stop.signal);
    const seen: unknown[] = [];
    const health: Outcome[] = [];
    for (let k = 0; k < times; k++) {
      seen.push(await inflict(service));
      await sleep(BETWEEN_MS);
      health.push(await client.ask(small().next().value));
    }
    stop.abort();
    const outcomes = [...(await others), ...health];
    await client.close();
    console.log(`${name}: the others got ${countsOf(outcomes)}`);
    rows.push(
      countRow(`${name} x ${times}: not as documented`, seen.filter((what) => what !== expected).length),
      countRow(`${name}: other requests lost, of ${outcomes.length}`, outcomes.filter(isLost).length),
      countRow(`${name}: wrong answers`, outcomes.filter(({ right }) => !right).length),
    );
  }
  rows.push(countRow('unhandled rejections', service.lines.filter((line) => /unhandled/i.test(line)).length));
  service.child.kill('SIGTERM');
  rows.push(countRow('exit code after all of them', (await service.ended) ?? -1));
  return rows;
}

/** SIGTERM under full load, the given number of times, each to a new service. */
export async function terminate(times: number): Promise<Row[]> {
  const seen: Outcome[] = [];
  const accepted: Outcome[] = [];
  let codes = 0;
  let open = 0;
  for (let k = 0; k < times; k++) {
    const service = await startProcess({ WORKERS: '2' });
    const client = new Client(service.url);
    const inFlight = Array.from({ length: 30 }, (_, at) => client.ask(mixed(k * 30 + at).next().value));
    const stop = new AbortController();
    const others = client.keepAsking(mixed(k), 8, stop.signal);
    await sleep(300);
    service.child.kill('SIGTERM');
    if ((await service.ended) !== 0) codes++;
    stop.abort();
    accepted.push(...(await Promise.all(inFlight)));
    seen.push(...(await others));
    await client.close();
    open += begun(service.lines) - completed(service.lines);
  }
  const all = [...accepted, ...seen];
  console.log(`SIGTERM: new requests got ${countsOf(seen)}`);
  return [
    countRow(`SIGTERM x ${times}: exit codes other than 0`, codes),
    countRow('SIGTERM: accepted requests without an answer, by the log', open),
    countRow('SIGTERM: requests in flight before it that were lost', accepted.filter(isLost).length),
    countRow(
      `SIGTERM: statuses other than 200 and 503, of ${all.length}`,
      all.filter(({ status }) => typeof status === 'number' && status !== 200 && status !== 503).length,
    ),
    countRow('SIGTERM: wrong answers', all.filter(({ right }) => !right).length),
  ];
}

/** Neither answered nor refused. */
const isLost = ({ status }: Outcome): boolean => status !== 200 && status !== 503;

const countsOf = (outcomes: readonly Outcome[]): string =>
  [...Map.groupBy(outcomes, ({ status }) => status)].map(([status, some]) => `${status}: ${some.length}`).join(', ');

const begun = (lines: readonly string[]) => lines.filter((line) => line.includes('"incoming request"')).length;
const completed = (lines: readonly string[]) => lines.filter((line) => line.includes('"request completed"')).length;

async function once({ url }: ServiceProcess, what: Ask): Promise<unknown> {
  const client = new Client(url);
  const { status } = await client.ask(what);
  await client.close();
  return status;
}

const head = (length: number, path = '/dtw') =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

/** Writes bytes on a connection of its own, and disconnects after the given number of milliseconds, or when the service closes it. Returns the status. */
function rawly({ url }: ServiceProcess, bytes: string, leaveAfter?: number): Promise<unknown> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(text === '' ? undefined : Number(text.slice(9, 12))));
    if (leaveAfter !== undefined) setTimeout(() => socket.destroy(), leaveAfter);
  });
}
