import { Client, quantile } from '../../soak/client.ts';
import type { Attack } from '../attack.ts';
import { ask, heaviest, pair } from '../heaviest.ts';

const LIMIT_MS = 50;

/** What takes longer than it may, with one thread: how soon does the next request have it? */
export const attack: Attack = {
  name: 'requests that run into their timeout, of every kind',
  held: 'median time after a 504 until another request is answered',
  limit: `<= ${LIMIT_MS} ms`,
  env: { REQUEST_TIMEOUT_MS: '500' },
  async run({ url }) {
    const client = new Client(url);
    // Longer than what is computed in the middle of others.
    const next = ask('/dtw', pair(5000));
    await client.ask(next);
    const times: number[] = [];
    let late = 0;
    for (const heavy of heaviest) {
      const { status } = await client.ask(heavy);
      if (status !== 504) continue;
      late++;
      const { status: after, ms } = await client.ask(next);
      times.push(after === 200 ? ms : Number.POSITIVE_INFINITY);
    }
    const { ms: alone } = await client.ask(next);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const ended = Number(/^warpserve_workers_terminated_total (\d+)$/m.exec(metrics)?.[1]);
    await client.close();
    const median = Math.max(0, quantile(times, 0.5) - alone);
    return {
      measured: `${median.toFixed(0)} ms, the slowest ${(Math.max(...times) - alone).toFixed(0)} ms, after ${late} timeouts of ${heaviest.length}; ${ended} threads ended`,
      held: late > 0 && median <= LIMIT_MS,
    };
  },
};
