import { series } from '../data.ts';
import { print } from './row.ts';
import { withService } from './service.ts';
import { quantile } from './times.ts';

/**
 * The nearest of very many stored series, one query at a time: what a request costs besides its kernels. The kernels are what the thread says it computed, from
 * the message with the query to the one with the neighbours; all else counts, down to the client that reads the answer.
 */
export async function neighborsRows(count: number, steps: number): Promise<void> {
  await withService({}, async (service) => {
    const text = Array.from({ length: count }, (_, k) =>
      series(steps, k + 1)
        .map((x) => x.toFixed(3))
        .join(','),
    ).join('\n');
    await service.ok('/datasets/many?format=csv&labels=none', { method: 'PUT', body: text });
    const over: number[] = [];
    const all: number[] = [];
    for (let k = 0; k < 25; k++) {
      const query = series(steps, count + k + 1).map((x) => Number(x.toFixed(4)));
      const began = performance.now();
      const answer = await service.post('/dtw/neighbors', {
        queries: [query],
        candidates: 'many',
        k: 3,
        sakoe_chiba_radius: 15,
      });
      await answer.text();
      const ms = performance.now() - began;
      if (k < 5) continue; // the data set is read, and loops are compiled
      all.push(ms);
      over.push(ms - Number(/compute;dur=([\d.]+)/.exec(answer.headers.get('server-timing') ?? '')?.[1]));
    }
    print({ what: `nearest of ${count} stored series of ${steps} steps`, measured: quantile(0.5, all), unit: 'ms' });
    print({ what: 'of that outside of the kernels', measured: quantile(0.5, over), unit: 'ms', atMost: 2 });
  });
}
