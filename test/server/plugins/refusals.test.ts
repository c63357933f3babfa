import assert from 'node:assert/strict';
import { it } from 'node:test';
import { withService } from '../../support/with-service.ts';

const pair = (n: number) => ({ s1: new Array(n).fill(1.25), s2: new Array(n).fill(2.25) });
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('whoever is refused for a full queue, and sends as much again at once, is refused before the body is read', async () => {
  const env = { MAX_QUEUE: '0', MAX_CELLS: '1e12', REQUEST_TIMEOUT_MS: '4000' };
  await withService(env, async ({ request }) => {
    const busy = request.post('/soft-dtw').send(pair(200_000));
    const answered = busy.then(({ status }) => status);
    await sleep(1000);
    const large = () => request.post('/dtw').send(pair(20_000));
    const first = await large();
    assert.equal(first.status, 503);
    assert.doesNotMatch(first.body.detail, /less than a second ago/);
    const second = await large();
    assert.equal(second.status, 503);
    assert.equal(second.body.code, 'queue_full');
    assert.equal(second.headers['retry-after'], '1');
    assert.match(second.body.detail, /less than a second ago/);
    assert.doesNotMatch((await request.post('/dtw?path=true').send(pair(100))).body.detail ?? '', /less than a second/);
    assert.equal(await answered, 504);
    await sleep(1100);
    assert.equal((await large()).status, 200);
  });
});

it('whoever keeps being refused, and asks again at once, is refused more and more slowly, and nobody else is', async () => {
  const env = { MAX_QUEUE: '0', MAX_CELLS: '1e12', REQUEST_TIMEOUT_MS: '8000', API_KEYS: 'impatient,calm' };
  await withService(env, async ({ request }) => {
    const as = (key: string, n: number) =>
      request.post('/soft-dtw').set('authorization', `Bearer ${key}`).send(pair(n));
    const busy = as('calm', 200_000).then(({ status }) => status);
    await sleep(1000);
    const refusal = async (key: string) => {
      const started = performance.now();
      assert.equal((await as(key, 2000)).status, 503);
      return performance.now() - started;
    };
    const all = Promise.all(Array.from({ length: 60 }, () => refusal('impatient')));
    const other = await refusal('calm');
    const refused = await all;
    assert.ok(Math.max(...refused) >= 900, `the last of 60 came after ${Math.max(...refused)} ms`);
    assert.ok(other < Math.max(...refused), 'another caller waited as long');
    assert.equal(await busy, 504);
  });
});
