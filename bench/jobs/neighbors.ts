import { setTimeout } from 'node:timers/promises';
import { series } from '../data.ts';
import { print } from './row.ts';
import { type Service, withService } from './service.ts';
import { quantile } from './times.ts';

/** Requests that are not counted: the data set is read, and loops are compiled. */
const FIRST = 5;
const COUNTED = 20;
/** So few that a request is what it costs to ask at all. */
const FEW = 10;

/**
 * The nearest of very many stored series, one query at a time: what a request costs besides its kernels. The kernels are what the thread says it computed, from
 * the message with the query to the one with the neighbours; the rest is the service's, by its Server-Timing, or the client's. The same is asked of a few series,
 * as long after the request before: processors that wait for 50 ms begin cold.
 */
export async function neighborsRows(count: number, steps: number): Promise<void> {
  await withService({}, async (service) => {
    await store(service, 'many', count, steps);
    await store(service, 'few', FEW, steps);
    const many = await asked(service, 'many', steps, 0);
    const pause = quantile(0.5, many.all);
    const few = await asked(service, 'few', steps, pause);
    print({ what: `nearest of ${count} stored series of ${steps} steps`, measured: pause, unit: 'ms' });
    print({ what: 'of that outside of the kernels', measured: quantile(0.5, many.outside), unit: 'ms' });
    print({ what: '  in the service', measured: quantile(0.5, many.inService), unit: 'ms', atMost: 2 });
    print({
      what: `the same of ${FEW} series, after as long a pause`,
      measured: quantile(0.5, few.outside),
      unit: 'ms',
    });
    print({ what: '  in the service', measured: quantile(0.5, few.inService), unit: 'ms' });
  });
}

async function store(service: Service, name: string, count: number, steps: number): Promise<void> {
  const line = (k: number) =>
    series(steps, k + 1)
      .map((x) => x.toFixed(3))
      .join(',');
  const text = Array.from({ length: count }, (_, k) => line(k)).join('\n');
  await service.ok(`/datasets/${name}?format=csv&labels=none`, { method: 'PUT', body: text });
}

/** Milliseconds of requests: all of them, what of that is outside of the kernels, and what of that is in the service. */
async function asked(service: Service, candidates: string, steps: number, pause: number) {
  const found: { all: number; outside: number; inService: number }[] = [];
  for (let k = 0; k < FIRST + COUNTED; k++) {
    await setTimeout(pause);
    const query = series(steps, 1e6 + k).map((x) => Number(x.toFixed(4)));
    const body = { queries: [query], candidates, k: 3, sakoe_chiba_radius: 15 };
    const began = performance.now();
    const answer = await service.post('/dtw/neighbors', body);
    await answer.text();
    const all = performance.now() - began;
    const [compute, total] = ['compute', 'total'].map((part) =>
      Number(new RegExp(`${part};dur=([\\d.]+)`).exec(answer.headers.get('server-timing') ?? '')?.[1]),
    ) as [number, number];
    if (k >= FIRST) found.push({ all, outside: all - compute, inService: total - compute });
  }
  return {
    all: found.map(({ all }) => all),
    outside: found.map(({ outside }) => outside),
    inService: found.map(({ inService }) => inService),
  };
}
