import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { it } from 'node:test';
import { Client } from './client.ts';

it('asks from the address that it is given: by that the service tells callers apart', async () => {
  const seen: (string | undefined)[] = [];
  const server = createServer(({ socket }, response) => {
    seen.push(socket.remoteAddress);
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const address of ['127.0.0.1', '127.0.0.2']) {
    const client = new Client(url, {}, address);
    await client.ask({ kind: 'small', path: '/', body: '{}', answer: '' });
    await client.close();
  }
  server.close();
  assert.deepEqual(seen, ['127.0.0.1', '127.0.0.2']);
});
