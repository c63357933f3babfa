import { exchange } from '../../support/exchange.ts';
import type { Attack } from '../attack.ts';
import { serves } from '../judge.ts';

const MS = 1500;

/** Headers and bodies, one byte at a time (slow loris), on many connections; good requests go on meanwhile. */
export const attack: Attack = {
  name: 'headers and bodies one byte at a time',
  held: 'time for which one holds a connection, its answer, and good requests meanwhile',
  limit: `<= ${MS + 2500} ms with RECEIVE_TIMEOUT_MS ${MS}; 408; all served`,
  env: { RECEIVE_TIMEOUT_MS: String(MS) },
  async run({ url }, size) {
    const header = `GET /livez HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(500)}`;
    const body = `POST /dtw HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n${' '.repeat(400)}`;
    const slow = Array.from({ length: Math.ceil(400 * size) }, async (_, k) => {
      const started = performance.now();
      const { status } = await exchange(url, k % 2 ? header : body, { slowly: 20, leaveAfter: 15_000 });
      return { status, ms: performance.now() - started };
    });
    let served = 0;
    for (let k = 0; k < 5; k++) if (await serves(url)) served++;
    const seen = await Promise.all(slow);
    const longest = Math.max(...seen.map(({ ms }) => ms));
    const other = seen.filter(({ status }) => status !== 408 && status !== 0).length;
    const none = seen.filter(({ status }) => status === 0).length;
    return {
      measured: `${longest.toFixed(0)} ms; ${other} other answers than 408, ${none} of ${seen.length} cut off unread; served ${served} of 5`,
      held: longest <= MS + 2500 && other === 0 && none <= seen.length / 10 && served === 5,
    };
  },
};
