import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { exchange } from '../support/exchange.ts';
import { startProcess } from '../support/start-process.ts';
import { withService } from '../support/with-service.ts';

/** So many connections that stay silent. */
function open(url: string, count: number): Socket[] {
  return Array.from({ length: count }, () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.on('error', () => {});
    return socket;
  });
}

const pair = '{"s1":[1,2,3],"s2":[3,4,-3]}';
const ask = (connection: string) =>
  `POST /dtw HTTP/1.1\r\nhost: a\r\nconnection: ${connection}\r\ncontent-type: application/json\r\ncontent-length: ${pair.length}\r\n\r\n${pair}`;

/** Whether a good request on a new connection is answered. */
const good = async (url: string): Promise<boolean> =>
  (await exchange(url, ask('close'), { leaveAfter: 5000 })).body.startsWith('{"value":6.48074069840786');

describe('MAX_CONNECTIONS', () => {
  it('bounds what is open at once, and the next is served once one is closed', async () => {
    await withService({ MAX_CONNECTIONS: '8' }, async ({ url, app }) => {
      app.server.closeIdleConnections();
      const held = open(url, 8);
      await Promise.all(held.map((socket) => once(socket, 'connect')));
      const [more] = open(url, 1) as [Socket];
      await once(more, 'close');
      assert.equal(held.filter(({ destroyed }) => destroyed).length, 0);
      assert.equal(await good(url), false);
      held[0]?.destroy();
      await sleep(50);
      assert.equal(await good(url), true);
      for (const socket of held) socket.destroy();
    });
  });

  it('lets connections that wait for a next request give way', async () => {
    await withService({ MAX_CONNECTIONS: '4' }, async ({ url, app }) => {
      app.server.closeIdleConnections();
      const kept = open(url, 4);
      for (const socket of kept) {
        socket.write('GET /livez HTTP/1.1\r\nhost: a\r\n\r\n');
        await once(socket, 'data');
      }
      await good(url); // finds no room, and makes some
      await sleep(50);
      assert.equal(await good(url), true);
      for (const socket of kept) socket.destroy();
    });
  });
});

describe('a process that can open no more files', () => {
  it('lives on, serves who is there, and serves everybody once connections are closed', async () => {
    const { url, child, lines, ended } = await startProcess({ WORKERS: '1', LOG_LEVEL: 'warn' }, undefined, '-n 64');
    const sockets = open(url, 1);
    try {
      const [before] = sockets as [Socket];
      await once(before, 'connect');
      sockets.push(...open(url, 60));
      await sleep(3500); // longer than whatever looks at the process every second
      assert.equal(child.exitCode, null, lines.join('\n'));
      assert.equal(await good(url), false, 'files did not run out, so this shows nothing');
      before.write(ask('keep-alive'));
      assert.match(String((await once(before, 'data'))[0]), /^HTTP\/1\.1 200 .*"value":6.48074069840786/s);
      for (const socket of sockets) socket.destroy();
      await sleep(300);
      assert.equal(await good(url), true);
    } finally {
      for (const socket of sockets) socket.destroy();
      child.kill('SIGTERM');
    }
    assert.equal(await ended, 0, lines.join('\n'));
  });
});
