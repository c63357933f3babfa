import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { cdist, evaluate } from '../../../src/core/index.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';
import { float64 } from '../../support/write-npy.ts';
import { zip } from '../../support/write-zip.ts';

const long = (n: number, k: number) => Array.from({ length: n }, (_, i) => Math.sin(i / 7 + k) * (k + 1));

describe('large bodies', () => {
  let service: Service;
  before(async () => {
    service = await startService({ MAX_CELLS: '1000000000000', REQUEST_TIMEOUT_MS: '60000' });
    await untilReady(service);
  });
  after(() => service.close());

  it('are read on a worker, with the answers of small ones', async () => {
    const s1 = long(20_000, 1);
    const s2 = long(300, 2);
    const { body } = await service.request.post('/dtw').send({ s1, s2, sakoe_chiba_radius: 5 });
    assert.equal(body.value, evaluate('dtw', s1, s2, { sakoe_chiba_radius: 5 }).value);
    const dataset1 = Array.from({ length: 40 }, (_, k) => long(500, k));
    const many = await service.request.post('/dtw/cdist').send({ dataset1 });
    assert.deepEqual(many.body.matrix, cdist('dtw', dataset1).matrix);
  });

  it('have the errors of small ones', async () => {
    const s1: unknown[] = long(20_000, 1);
    s1[19_000] = 'x';
    const bad = await service.request.post('/dtw').send({ s1, s2: [1], extra: 1 });
    assert.equal(bad.status, 400);
    assert.equal(bad.body.code, 'invalid_request');
    assert.deepEqual(
      bad.body.errors.map(({ pointer }: { pointer: string }) => pointer),
      ['/s1/19000', '/extra'],
    );
    const cut = JSON.stringify({ s1: long(20_000, 1) }).slice(0, -10);
    const broken = await service.request.post('/dtw').set('content-type', 'application/json').send(cut);
    assert.equal(broken.body.code, 'malformed_json');
    const proto = `{"__proto__":{"be":"tfjs"},"s1":${JSON.stringify(long(20_000, 1))},"s2":[1]}`;
    const smuggled = await service.request.post('/dtw').set('content-type', 'application/json').send(proto);
    assert.equal(smuggled.status, 400);
  });

  const large: [type: string, body: string | Buffer][] = [
    ['application/json', JSON.stringify({ s1: long(1_000_000, 1), s2: [1] })],
    [
      'application/x-npz',
      zip([
        { name: 's1.npy', content: float64(long(6_000_000, 1)) },
        { name: 's2.npy', content: float64([1]) },
      ]),
    ],
  ];
  for (const [type, body] of large) {
    it(`in ${type} leave the event loop free`, () => leavesLoopFree(type, body));
  }

  async function leavesLoopFree(type: string, body: string | Buffer): Promise<void> {
    assert.ok(body.length > 15e6);
    // Time of this thread's own, so that other programs on the machine do not count.
    const used = () => (process.threadCpuUsage().user + process.threadCpuUsage().system) / 1000;
    let last = used();
    let longest = 0;
    const pulse = setInterval(() => {
      longest = Math.max(longest, used() - last);
      last = used();
    }, 5);
    const response = await fetch(`${service.url}/dtw`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    clearInterval(pulse);
    assert.equal(response.status, 200);
    // Client and server share this loop; parsing alone would hold it several times as long.
    assert.ok(longest < 200, `the event loop was held for ${longest} ms`);
  }
});

describe('bodies that are larger in memory than on the wire', () => {
  it('are refused before they are parsed', async () => {
    const service = await startService();
    try {
      await untilReady(service);
      const send = (text: string) => service.request.post('/dtw').set('content-type', 'application/json').send(text);
      for (const text of [
        '['.repeat(1_000_000),
        `{"s1":${'['.repeat(200_000)}${']'.repeat(200_000)},"s2":[1]}`,
        `{"s1":[${'{},'.repeat(200_000)}1],"s2":[1]}`,
      ]) {
        const { status, body } = await send(text);
        assert.equal(status, 400);
        assert.match(body.detail, /nested deeper than 32|more than 1000 objects/);
      }
      // Brackets inside a string are not nesting.
      const { body } = await send(`{"s1":"\\"${'[{'.repeat(200_000)}","s2":[1]}`);
      assert.equal(body.errors[0].pointer, '/s1');
    } finally {
      await service.close();
    }
  });
});
