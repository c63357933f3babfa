import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { evaluate } from '../../src/core/index.ts';
import { exchange } from '../support/exchange.ts';
import { nginxPath, startNginx } from '../support/start-nginx.ts';
import { startProcess } from '../support/start-process.ts';

const wave = (n: number, k: number) => Array.from({ length: n }, (_, i) => Math.sin(i / 9 + k));
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const skip = nginxPath === undefined && 'nginx is not installed: apt-get install nginx-light';

describe('three replicas behind nginx', { skip }, () => {
  it('fail only what a replica was computing when it was killed, and serve everything after', async () => {
    const replicas = await Promise.all([1, 2, 3].map(() => startProcess({ WORKERS: '1' })));
    const nginx = await startNginx(replicas.map(({ url }) => url));
    try {
      const pairs = [300, 2000].map((n) => ({ s1: wave(n, 1), s2: wave(n, 2) }));
      const asked = pairs.map((pair) => ({
        body: JSON.stringify(pair),
        value: evaluate('soft-dtw', pair.s1, pair.s2).value,
      }));
      const clientCount = 6;
      let over = false;
      let answered = 0;
      const failed: { status: number; type: string | null; at: number }[] = [];
      const ask = async (client: number) => {
        const { body, value } = asked[client % asked.length] as (typeof asked)[0];
        while (!over) {
          const headers = { 'content-type': 'application/json' };
          const response = await fetch(`${nginx.url}/soft-dtw`, { method: 'POST', headers, body });
          const answer = (await response.json()) as { value: number };
          const type = response.headers.get('content-type');
          if (response.status !== 200) failed.push({ status: response.status, type, at: performance.now() });
          else assert.equal(answer.value, value);
          answered++;
        }
      };
      const clients = Promise.all(Array.from({ length: clientCount }, (_, client) => ask(client)));
      const more = async (count: number) => {
        for (const until = answered + count; answered < until; ) await Promise.race([clients, sleep(20)]);
      };
      await more(50);
      assert.deepEqual(failed, []);
      const [victim] = replicas as [(typeof replicas)[0]];
      victim.child.kill('SIGKILL');
      await victim.ended;
      const gone = performance.now();
      await more(200);
      over = true;
      await clients;
      assert.ok(failed.length <= clientCount, `${failed.length} failed`);
      for (const { status, type, at } of failed) {
        assert.deepEqual([status, type], [502, 'application/problem+json']);
        assert.ok(at - gone < 1000, `one failed ${at - gone} ms after the replica was gone`);
      }
    } finally {
      await nginx.stop();
      for (const { child } of replicas) child.kill('SIGKILL');
    }
  });
});

describe('nginx', { skip }, () => {
  /** Replicas that drop every connection when they are asked for /deadly. */
  const replicas: Server[] = [];
  const reached: string[] = [];
  let nginx: Awaited<ReturnType<typeof startNginx>>;
  before(async () => {
    for (let k = 0; k < 3; k++) {
      const sockets = new Set<Socket>();
      const server = createServer((request, response) => {
        const { method, url, headers } = request;
        reached.push(`${method} ${url} ${headers['x-forwarded-for']}`);
        if (url === '/deadly') for (const socket of sockets) socket.destroy();
        else request.resume().on('end', () => response.end(JSON.stringify(headers)));
      });
      server.on('connection', (socket) => sockets.add(socket));
      replicas.push(server.listen(0, '127.0.0.1'));
      await once(server, 'listening');
    }
    nginx = await startNginx(replicas.map((one) => `http://127.0.0.1:${(one.address() as AddressInfo).port}`));
  });
  after(async () => {
    await nginx.stop();
    for (const replica of replicas) replica.close().closeAllConnections();
  });

  it('never sends a request to a second replica that the first one died of', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      await sleep(2100); // fail_timeout: all three are tried again
      const before = reached.length;
      const { status, headers } = await fetch(`${nginx.url}/deadly`, { method, body: '{}' });
      assert.equal(status, 502, method);
      assert.equal(headers.get('content-type'), 'application/problem+json');
      assert.equal(reached.length - before, 1, `${method} reached ${reached.length - before} replicas`);
    }
  });

  it('says itself how the client came, whatever the client claims', async () => {
    const claims = {
      'x-forwarded-for': '192.0.2.9',
      'x-forwarded-proto': 'gopher',
      'x-forwarded-host': 'evil.example',
    };
    const response = await fetch(`${nginx.url}/dtw`, { headers: { ...claims, 'x-forwarded-prefix': '/evil' } });
    const seen = (await response.json()) as Record<string, string>;
    assert.deepEqual(
      ['for', 'proto', 'host', 'prefix'].map((what) => seen[`x-forwarded-${what}`]),
      ['127.0.0.1', 'http', undefined, undefined],
    );
  });

  it('goes on to the next replica where one cannot be reached', async () => {
    const [first] = replicas as [Server];
    const { port } = first.address() as AddressInfo;
    await sleep(2100);
    first.close().closeAllConnections();
    await once(first, 'close');
    for (let k = 0; k < 12; k++) {
      const { status } = await fetch(`${nginx.url}/dtw`, { method: 'POST', body: '{}' });
      assert.equal(status, 200);
    }
    await once(first.listen(port, '127.0.0.1'), 'listening');
  });

  it('tells replicas the address it sees, not the one the client claims', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.9' };
    const seen = (await (await fetch(`${nginx.url}/x`, { headers })).json()) as Record<string, string>;
    assert.equal(seen['x-forwarded-for'], '127.0.0.1');
  });

  const refused: [what: string, status: number, bytes: string][] = [
    ['/metrics', 404, 'GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
    ['a body that is too large', 413, `POST /dtw HTTP/1.1\r\nHost: a\r\nContent-Length: ${65 * 2 ** 20}\r\n\r\n`],
    ['two Host headers', 400, 'GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    ['no Host', 400, 'GET /livez HTTP/1.1\r\n\r\n'],
    [
      'a length and chunks',
      400,
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n',
    ],
  ];
  for (const [what, status, bytes] of refused) {
    it(`refuses ${what} as a problem, without its version`, async () => {
      const before = reached.length;
      const answer = await exchange(nginx.url, bytes, { leaveAfter: 3000 });
      assert.equal(answer.status, status);
      assert.equal(answer.headers['content-type'], 'application/problem+json');
      const problem = JSON.parse(answer.body);
      assert.equal(problem.status, status);
      assert.equal(problem.instance, answer.headers['x-request-id']);
      assert.equal(answer.headers.server, 'nginx');
      assert.equal(reached.length, before);
    });
  }

  it('holds at most 100 connections of one address', async () => {
    const port = Number(new URL(nginx.url).port);
    const held = Array.from({ length: 100 }, () => connect(port, '127.0.0.1'));
    // nginx counts a connection once it has read a request's headers on it.
    for (const socket of held) socket.write('POST /dtw HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n');
    await sleep(500);
    const { status, body } = await exchange(nginx.url, 'GET /x HTTP/1.1\r\nHost: a\r\n\r\n', { leaveAfter: 3000 });
    assert.equal(status, 429);
    assert.equal(JSON.parse(body).code, 'rate_limited');
    for (const socket of held) socket.destroy();
    await sleep(200);
    assert.equal((await fetch(`${nginx.url}/x`)).status, 200);
  });
});
