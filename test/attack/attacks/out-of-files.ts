import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from '../attack.ts';
import { serves } from '../judge.ts';

/** Idle connections until no file can be opened. */
export const attack: Attack = {
  name: '60 idle connections under ulimit -n 64',
  held: 'the process, and a good request once they are closed',
  limit: 'alive, served',
  ulimit: '-n 64',
  async run({ url, child }, size) {
    const port = Number(new URL(url).port);
    const sockets = Array.from({ length: 60 }, () => connect(port, '127.0.0.1').on('error', () => {}));
    await once(sockets[0] as (typeof sockets)[0], 'connect');
    await sleep(3000 + 5000 * size);
    const during = await serves(url);
    for (const socket of sockets) socket.destroy();
    await sleep(300);
    const after = await serves(url);
    const measured = `${child.exitCode === null ? 'alive' : 'ended'}; ${during ? 'served' : 'refused'} during, ${after ? 'served' : 'refused'} after`;
    return { measured, held: child.exitCode === null && after };
  },
};
