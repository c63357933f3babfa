import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Response } from 'supertest';
import { catalogue } from '../../../src/server/http/errors.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';

const good = { s1: [1, 2, 3], s2: [3, 4, -3] };

/** A problem as RFC 9457 and the contract have it, and a service that answers the next request. */
async function assertProblem(service: Service, response: Response, status: number, code: string): Promise<void> {
  assert.equal(response.status, status, response.text);
  assert.match(response.headers['content-type'] as string, /^application\/problem\+json/);
  const { body } = response;
  assert.equal(body.code, code);
  assert.equal(body.status, status);
  assert.equal(body.type, `/errors#${code}`);
  assert.equal(body.instance, response.headers['x-request-id']);
  assert.ok(body.title.length > 0 && body.detail.length > 0);
  assert.ok(!/ at .*\.[jt]s:\d/.test(response.text), 'a stack left the process');
  const next = await service.request.post('/dtw').send(good);
  assert.equal(next.status, 200);
}

describe('errors over HTTP', () => {
  let service: Service;
  before(async () => {
    service = await startService({ MAX_CELLS: '1000000', MAX_BODY_BYTES: '20000' });
    await untilReady(service);
  });
  after(() => service.close());

  const invalid: [what: string, path: string, body: unknown, code: string, pointer: string, detail: RegExp][] = [
    ['a missing series', '/dtw', { s1: [1] }, 'invalid_request', '/s2', /expected an array/],
    ['an unknown field', '/dtw', { ...good, gamma: 1 }, 'invalid_request', '/gamma', /unknown field "gamma"/],
    ['a value that is no number', '/dtw', { s1: [1, 'x'], s2: [1] }, 'invalid_request', '/s1/1', /finite number/],
    ['a ragged row', '/dtw', { s1: [[1, 2], [3]], s2: [[1, 2]] }, 'invalid_request', '/s1/1', /row of 2/],
    [
      'a missing value inside',
      '/dtw',
      { s1: [1, null, 2], s2: [1] },
      'invalid_request',
      '/s1/1',
      /missing value inside/,
    ],
    [
      'a missing value in a row',
      '/dtw',
      {
        s1: [
          [1, null],
          [2, 3],
        ],
        s2: [[1, 2]],
      },
      'invalid_request',
      '/s1/0/1',
      /missing/,
    ],
    ['an empty series', '/dtw', { s1: [], s2: [1] }, 'empty_series', '/s1', /zero length/],
    ['a series of missing values', '/dtw', { s1: [null, null], s2: [1] }, 'empty_series', '/s1', /only missing/],
    ['different feature sizes', '/dtw', { s1: [1], s2: [[1, 2]] }, 'invalid_request', '/s2', /same feature size/],
    ['an unknown backend', '/dtw', { ...good, be: 'jax' }, 'invalid_request', '/be', /numpy/],
    ['a negative gamma', '/soft-dtw', { ...good, gamma: -1 }, 'invalid_request', '/gamma', />=0/],
    ['a negative radius', '/dtw', { ...good, sakoe_chiba_radius: -1 }, 'invalid_request', '/sakoe_chiba_radius', />=0/],
    ['a slope below 1', '/dtw', { ...good, itakura_max_slope: 0.5 }, 'invalid_request', '/itakura_max_slope', />=1/],
    [
      'an object that pretends to be a tensor',
      '/dtw',
      { s1: { dataId: {}, shape: [1], dtype: 'float32' }, s2: [1] },
      'invalid_request',
      '/s1',
      /array/,
    ],
    ['a body that is no object', '/dtw', [1, 2], 'invalid_request', '', /expected object/],
    [
      'a flag the metric cannot serve',
      '/soft-dtw?path=true',
      good,
      'invalid_request',
      '/path',
      /metrics that do: .*dtw/,
    ],
    ['an unknown query parameter', '/dtw?verbose=true', good, 'invalid_request', '/verbose', /unknown query parameter/],
    ['a flag that is no boolean', '/dtw?grad=yes', good, 'invalid_request', '/grad', /./],
    [
      'two constraints and no name',
      '/dtw',
      { ...good, sakoe_chiba_radius: 1, itakura_max_slope: 2 },
      'ambiguous_constraint',
      '/global_constraint',
      /global_constraint/,
    ],
    [
      'an infeasible constraint',
      '/dtw',
      { s1: [1, 2, 3, 4, 5, 6, 7, 8], s2: [1, 2, 3], itakura_max_slope: 1 },
      'infeasible_constraint',
      '/itakura_max_slope',
      /smallest feasible itakura_max_slope is 2.66/,
    ],
  ];
  for (const [what, path, body, code, pointer, detail] of invalid) {
    it(`400 for ${what}, with a pointer to the place`, async () => {
      const response = await service.request.post(path).send(body as object);
      assertDocumented(response, 'post', path.split('?')[0] as string);
      await assertProblem(service, response, 400, code);
      assert.equal(response.body.errors[0].pointer, pointer);
      assert.match(response.body.errors[0].detail, detail);
    });
  }

  it('400 for a result that overflows, instead of null', async () => {
    const response = await service.request.post('/dtw').send({ s1: [1e308], s2: [-1e308] });
    await assertProblem(service, response, 400, 'out_of_range');
    const float32 = await service.request.post('/dtw').send({ s1: [1e30], s2: [-1e30], be: 'tfjs' });
    await assertProblem(service, float32, 400, 'out_of_range');
  });

  it('400 for JSON that is truncated, empty, or has a number beyond float64', async () => {
    for (const text of ['{"s1":[1,2', '', '{"s1":[1e999],"s2":[1]}']) {
      const response = await service.request.post('/dtw').set('content-type', 'application/json').send(text);
      await assertProblem(service, response, 400, text.endsWith('}') ? 'invalid_request' : 'malformed_json');
    }
  });

  it('400 for a prototype smuggled in', async () => {
    const text = '{"__proto__":{"be":"tfjs"},"s1":[1],"s2":[1]}';
    const response = await service.request.post('/dtw').set('content-type', 'application/json').send(text);
    await assertProblem(service, response, 400, 'malformed_json');
  });

  it('lists the first 20 places and counts the rest', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`field${i}`, i]));
    const { body } = await service.request.post('/dtw').send({ ...good, ...unknown });
    assert.equal(body.errors.length, 21);
    assert.equal(body.errors[20].detail, 'and 30 more');
  });

  it('404 for an unknown route, naming where to look', async () => {
    const response = await service.request.post('/no-such-metric').send(good);
    await assertProblem(service, response, 404, 'not_found');
  });

  it('405 with Allow for a known route', async () => {
    const response = await service.request.get('/dtw');
    await assertProblem(service, response, 405, 'method_not_allowed');
    assert.equal(response.headers.allow, 'POST');
  });

  it('405 for every other method, whatever it sends with it', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'QUERY', 'PROPFIND']) {
      for (const path of ['/dtw', '/livez', '/openapi.json']) {
        for (const init of [{}, { body: '{', headers: { 'content-type': 'text/plain' } }]) {
          const response = await fetch(`${service.url}${path}`, { method, ...init });
          assert.equal(response.status, 405, `${method} ${path}`);
          assert.equal(((await response.json()) as { code: string }).code, 'method_not_allowed');
          assert.ok(response.headers.get('allow'));
        }
      }
    }
  });

  it('406 if the caller accepts nothing the route can return', async () => {
    const response = await service.request.post('/dtw').set('accept', 'text/html').send(good);
    assertDocumented(response, 'post', '/dtw');
    await assertProblem(service, response, 406, 'not_acceptable');
  });

  it('413 for a body over MAX_BODY_BYTES, with both numbers', async () => {
    const response = await service.request.post('/dtw').send({ s1: new Array(20_000).fill(1), s2: [1] });
    await assertProblem(service, response, 413, 'body_too_large');
    assert.match(response.body.detail, /20000/);
    assert.match(response.body.detail, /40\d\d\d/);
  });

  it('413 for more cells than MAX_CELLS, with both numbers', async () => {
    const long = new Array(1000).fill(1);
    const response = await service.request.post('/dtw').send({ s1: long, s2: long });
    assertDocumented(response, 'post', '/dtw');
    await assertProblem(service, response, 413, 'too_many_cells');
    assert.match(response.body.detail, /1274700 cells.*1000000/);
  });

  it('415 for a body that is not JSON', async () => {
    const response = await service.request.post('/dtw').set('content-type', 'text/csv').send('1,2,3');
    assertDocumented(response, 'post', '/dtw');
    await assertProblem(service, response, 415, 'unsupported_media_type');
  });

  it('answers bytes that are not HTTP as a problem too', async () => {
    const { port } = new URL(service.url);
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.end('GARBAGE\r\n\r\n'));
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
    });
    assert.match(answer, /^HTTP\/1.1 400 /);
    assert.equal(JSON.parse(answer.split('\r\n\r\n')[1] as string).code, 'bad_http');
  });

  it('has a section for every code where `type` leads', async () => {
    const { text } = await service.request.get('/errors');
    for (const code of Object.keys(catalogue)) assert.match(text, new RegExp(`id="${code}"`));
  });
});
