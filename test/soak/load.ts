import { readFileSync } from 'node:fs';
import type { ServiceProcess } from '../support/start-process.ts';
import { Client, type Outcome, quantile } from './client.ts';
import { generator, mixed, small } from './mix.ts';
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
  const peak = await client.keepAsking(mixed(2), 16, inTime(times.measure));
  const rssBefore = residentMegabytes(child.pid as number);

  const capacity = (1000 * peak.length) / times.measure;
  const loaded = await client.askAtRate(mixed(3), 2 * capacity, generator(4), inTime(times.overload));
  const after = await client.keepAsking(mixed(5), 4, inTime(times.measure));
  const rssAfter = residentMegabytes(child.pid as number);
  await client.close();

  const cost = costs(peak);
  const goodput = (outcomes: readonly Outcome[], ms: number) =>
    outcomes.filter(({ status }) => status === 200).reduce((sum, { ask }) => sum + (cost.get(ask.kind) ?? 0), 0) / ms;
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
  const share = goodput(loaded, times.overload) / goodput(peak, times.measure);
  const perMs = (outcomes: readonly Outcome[], ms: number) =>
    outcomes.filter(({ status }) => status === 200).length / ms;
  const answered = perMs(loaded, times.overload) / perMs(peak, times.measure);
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

/** How long each kind takes without load, in milliseconds: the weight of a response of that kind. */
function costs(outcomes: readonly Outcome[]): Map<string, number> {
  const byKind = Map.groupBy(outcomes, ({ ask }) => ask.kind);
  return new Map(
    [...byKind].map(([kind, some]) => [
      kind,
      quantile(
        some.map(({ ms }) => ms),
        0.1,
      ),
    ]),
  );
}

const residentMegabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
