import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from '../attack.ts';
import { serves } from '../judge.ts';

const MAX = 100;

/** Three times as many connections as may be open, that stay silent. */
export const attack: Attack = {
  name: 'three times MAX_CONNECTIONS, all silent',
  held: 'connections open; time until the service has closed them and serves',
  limit: `<= ${MAX}; <= 3 s with RECEIVE_TIMEOUT_MS 2000`,
  env: { MAX_CONNECTIONS: String(MAX), RECEIVE_TIMEOUT_MS: '2000' },
  async run({ url }) {
    const port = Number(new URL(url).port);
    const sockets = Array.from({ length: 3 * MAX }, () =>
      connect(port, '127.0.0.1')
        .on('error', () => {})
        .resume(),
    );
    const closed = sockets.map((socket) => once(socket, 'close'));
    const started = performance.now();
    await sleep(700);
    const open = sockets.filter(({ closed }) => !closed).length;
    await Promise.race([Promise.all(closed), sleep(10_000)]);
    const seconds = (performance.now() - started) / 1000;
    const served = await serves(url);
    for (const socket of sockets) socket.destroy();
    return {
      measured: `${open} open; ${seconds.toFixed(1)} s, ${served ? 'served' : 'not served'}`,
      held: open <= MAX && seconds <= 3 && served,
    };
  },
};
