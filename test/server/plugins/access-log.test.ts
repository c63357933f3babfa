import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startProcess } from '../../support/start-process.ts';

describe('the access log', () => {
  it('has one line per request, with its cost, none for health and metrics, and no secrets', async () => {
    const { url, child, lines, ended } = await startProcess({ WORKERS: '1', API_KEYS: 'hush-hush' });
    const headers = {
      'content-type': 'application/json',
      authorization: 'Bearer hush-hush',
      'x-request-id': 'mine-1',
    };
    const post = (body: string, more = {}) =>
      fetch(`${url}/dtw?grad=true`, { method: 'POST', headers: { ...headers, ...more }, body });
    assert.equal((await post('{"s1":[1,2,3],"s2":[3,4,-3.25]}')).status, 200);
    assert.equal((await post('{"s1":[1,"no"],"s2":[1]}', { 'x-request-id': 'mine-2' })).status, 400);
    assert.equal((await post('{}', { authorization: 'Bearer wrong-key', 'x-request-id': 'mine-3' })).status, 401);
    for (const path of ['/livez', '/readyz', '/metrics']) assert.equal((await fetch(`${url}${path}`)).status, 200);
    child.kill('SIGTERM');
    await ended;

    const answered = lines.map((line) => JSON.parse(line)).filter(({ method }) => method !== undefined);
    assert.deepEqual(
      answered.map(({ reqId, method, url, status, code, metric, be, cells }) => [
        [reqId, method, url, status, code],
        [metric, be, cells],
      ]),
      [
        [
          ['mine-1', 'POST', '/dtw?grad=true', 200, undefined],
          ['dtw', 'numpy', 1026],
        ],
        [
          ['mine-2', 'POST', '/dtw?grad=true', 400, 'invalid_request'],
          [undefined, undefined, undefined],
        ],
        [
          ['mine-3', 'POST', '/dtw?grad=true', 401, 'unauthorized'],
          [undefined, undefined, undefined],
        ],
      ],
    );
    assert.ok(answered.every(({ ms }) => ms > 0));
    assert.doesNotMatch(lines.join('\n'), /hush-hush|wrong-key|3\.25/);
  });
});
