import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { evaluate } from '../../src/core/index.ts';
import { startProcess } from '../support/start-process.ts';
import { startService, untilReady } from '../support/start-service.ts';

const wave = (n: number, k: number) => Array.from({ length: n }, (_, i) => Math.sin(i / 9 + k));
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** How many requests the service has accepted: those that wait, run and are done. */
async function seen(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counts = text.matchAll(
    /^warpserve_(?:jobs_running|queue_jobs|requests_total\{route="\/soft-dtw".*?\}) (\d+)$/gm,
  );
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

describe('SIGTERM', () => {
  it('under load loses no accepted request, answers new ones 503, and exits 0', async () => {
    const { url, child, ended } = await startProcess({ WORKERS: '2', LOG_LEVEL: 'info' });
    const body = { s1: wave(5000, 1), s2: wave(5000, 2) };
    const expected = evaluate('soft-dtw', body.s1, body.s2).value;
    const post = async (path: string, what: object) => {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(what),
      });
      const { code, value } = (await response.json()) as { code?: string; value?: number };
      return { status: response.status, close: response.headers.get('connection'), code, value };
    };
    const accepted = Array.from({ length: 40 }, () => post('/soft-dtw', body));
    while ((await seen(url)) < accepted.length) await sleep(10);
    child.kill('SIGTERM');
    while ((await fetch(`${url}/readyz`)).status === 200) await sleep(5);
    const late = await post('/dtw', { s1: [1], s2: [2] });
    assert.equal(late.status, 503);
    assert.equal(late.code, 'draining');
    assert.equal(late.close, 'close');
    for (const { status, value } of await Promise.all(accepted)) {
      assert.equal(status, 200);
      assert.equal(value, expected);
    }
    assert.equal(await ended, 0);
  });
});

describe('a request that comes too slowly', () => {
  for (const [what, start] of [
    ['headers', 'POST /dtw HTTP/1.1\r\nhost: x\r\ncontent-ty'],
    ['a body', 'POST /dtw HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{"s1":'],
  ] as const) {
    it(`is answered 408 and its connection closed: ${what}`, async () => {
      const service = await startService({ RECEIVE_TIMEOUT_MS: '600' });
      try {
        await untilReady(service);
        const socket = connect(Number(new URL(service.url).port), '127.0.0.1', () => socket.write(start));
        const drip = setInterval(() => socket.writable && socket.write('1'), 100);
        let text = '';
        socket.on('data', (chunk) => {
          text += chunk;
        });
        socket.on('error', () => {});
        await new Promise((resolve) => socket.on('close', resolve));
        clearInterval(drip);
        assert.match(text, /^HTTP\/1.1 408 /);
        assert.equal(JSON.parse(text.split('\r\n\r\n')[1] as string).code, 'request_timeout');
        const { body } = await service.request.post('/dtw').send({ s1: [1, 2, 3], s2: [3, 4, -3] });
        assert.equal(body.value, 6.48074069840786);
      } finally {
        await service.close();
      }
    });
  }
});
