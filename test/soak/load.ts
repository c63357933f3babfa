import { readFileSync } from 'node:fs';
import type { ServiceProcess } from '../support/start-process.ts';
import { Client, type Outcome, quantile } from './client.ts';
import { alone, generator, mixed, small } from './mix.ts';
import type { Row } from './table.ts';

export interface LoadTimes {
  readonly measure: number;
  readonly overload: number;
}

/** Twice the load that the service can take: what it still does, and how much memory it keeps. */
export async function overload({ url, child, lines }: ServiceProcess, times: LoadTimes): Promise<Row[]> {
  const client = new Client(url);
  const inTime = (ms: number) => AbortSignal.timeout(ms);
  await client.keepAsking(mixed(1), 16, inTime(times.measure)); // warm-up
  const unloaded = await client.keepAsking(small(), 1, inTime(times.measure / 2));
  const cost = await costs(client, child.pid as number, times.measure / 8);
  const peakFrom = performance.now();
  const peak = await client.keepAsking(mixed(2), 16, inTime(times.measure));
  const rssBefore = residentMegabytes(child.pid as number);

  const capacity = (1000 * peak.length) / times.measure;
  const loadedFrom = performance.now();
  const loaded = await client.askAtRate(mixed(3), 2 * capacity, generator(4), inTime(times.overload));
  const after = await client.keepAsking(mixed(5), 4, inTime(times.measure));
  const rssAfter = residentMegabytes(child.pid as number);
  await client.close();

  const goodput = (
    outcomes: readonly Outcome[],
    from: number,
    ms: number,
    weights: ReadonlyMap<string, number> = cost,
  ) =>
    outcomes
      .filter(({ status, at }) => status === 200 && at <= from + ms)
      .reduce((sum, { ask }) => sum + (weights.get(ask.kind) ?? 0), 0) / ms;
  const p99 = (outcomes: readonly Outcome[]) =>
    quantile(
      outcomes.filter(({ ask, status }) => ask.kind === 'small' && status === 200).map(({ ms }) => ms),
      0.99,
    );
  const all = [...unloaded, ...peak, ...loaded, ...after];
  const odd = all.filter(({ status }) => status !== 200 && status !== 503);
  const refused = loaded.filter(({ status }) => status === 503);
  console.log(
    `capacity ${capacity.toFixed(0)} requests/s; at twice that ${loaded.length} sent, ${refused.length} refused; p99 of small ones ${p99(
      unloaded,
    ).toFixed(1)} ms unloaded, ${p99(peak).toFixed(1)} at capacity, ${p99(loaded).toFixed(1)} at twice`,
  );
  const byStatus = Map.groupBy(loaded, ({ status }) => status);
  console.log(`at twice: ${[...byStatus].map(([status, some]) => `${status}: ${some.length}`).join(', ')}`);
  const relative = (weights?: ReadonlyMap<string, number>) =>
    goodput(loaded, loadedFrom, times.overload, weights) / goodput(peak, peakFrom, times.measure, weights);
  const share = relative();
  const answered = relative(new Map([...cost.keys()].map((kind) => [kind, 1])));
  console.log(
    `processor time of one: ${[...cost].map(([kind, ms]) => `${kind} ${ms.toFixed(2)} ms`).join(', ')}; weighted by the latency at capacity instead, ${percent(relative(latencies(peak)))}`,
  );
  const growth = rssAfter / rssBefore;
  const slower = p99(loaded) / p99(unloaded);
  return [
    {
      promise: 'answers other than 200 and 503',
      target: '0',
      measured: `${odd.length} of ${all.length}`,
      kept: odd.length === 0,
    },
    countRow('wrong answers', all.filter(({ right }) => !right).length),
    countRow('503 without Retry-After', refused.filter(({ retryAfter }) => retryAfter === undefined).length),
    countRow('unhandled rejections', lines.filter((line) => /unhandled|UnhandledPromise/i.test(line)).length),
    timed('answers 200 a second at twice the capacity, of peak', '>= 90 %', percent(answered), answered >= 0.9),
    timed('the same, each counted by what it costs to compute', '>= 90 %', percent(share), share >= 0.9),
    timed('p99 of admitted small requests, of unloaded', '<= 10 x', `${slower.toFixed(1)} x`, slower <= 10),
    timed('memory after, of warm', '<= 1.2 x', `${growth.toFixed(2)} x`, growth <= 1.2),
  ];
}

export const countRow = (promise: string, count: number): Row => ({
  promise,
  target: '0',
  measured: String(count),
  kept: count === 0,
});

const timed = (promise: string, target: string, measured: string, kept: boolean): Row => ({
  promise,
  target,
  measured,
  kept,
  timing: true,
});

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/**
 * The processor time that the service takes for one request of each kind, in milliseconds, on all its threads: the weight of a response of that
 * kind. How long it takes is not its cost: at capacity most of that is waiting, and for whom is the choice of the service.
 */
async function costs(client: Client, pid: number, ms: number): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const asks of alone) {
    const before = processorMs(pid);
    const outcomes = await client.keepAsking(asks(), 1, AbortSignal.timeout(ms));
    const [first] = outcomes as [Outcome];
    found.set(first.ask.kind, (processorMs(pid) - before) / outcomes.length);
  }
  return found;
}

/** How long each kind takes at capacity where it is fastest, in milliseconds. */
const latencies = (outcomes: readonly Outcome[]): Map<string, number> =>
  new Map(
    [...Map.groupBy(outcomes, ({ ask }) => ask.kind)].map(([kind, some]) => [
      kind,
      quantile(
        some.map(({ ms }) => ms),
        0.1,
      ),
    ]),
  );

/** What all threads of a process have run, in milliseconds. */
function processorMs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // After the name, which may hold anything: user and system time are the 12th and 13th field, in hundredths of a second.
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number) as [number, number];
  return 10 * (user + system);
}

const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
