import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { barycenter, lowerBound, subsequence } from '../../../src/core/index.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService } from '../../support/start-service.ts';

const wave = Array.from({ length: 60 }, (_, i) => Math.sin(i / 4));

describe('what only some metrics have an operation for', () => {
  let service: Service;
  before(async () => {
    service = await startService({ MAX_CELLS: '300000' });
  });
  after(() => service.close());

  const post = async (path: string, body: object) => {
    const response = await service.request.post(path).send(body);
    assertDocumented(response, 'post', path.split('?')[0] as string);
    return response;
  };
  const refused = async (path: string, body: object) => {
    const { status, body: problem } = await post(path, body);
    assert.equal(status, 400, JSON.stringify(problem));
    return problem.errors[0].pointer;
  };

  it('POST /dtw/lower-bound answers as the library does', async () => {
    const [s1, s2] = [wave.slice(0, 20), wave.slice(3, 30)];
    const { status, body } = await post('/dtw/lower-bound', { s1, s2, radius: 2 });
    assert.equal(status, 200);
    assert.deepEqual(body, lowerBound('dtw', s1, s2, { radius: 2 }));
    assert.deepEqual((await post('/dtw/lower-bound', { s1, s2 })).body, lowerBound('dtw', s1, s2, { radius: 1 }));
  });

  it('POST /dtw/lower-bound 400 with the place', async () => {
    const [s1, s2] = [[1, 2], [2]];
    assert.equal(await refused('/dtw/lower-bound', { s1, s2, radius: -1 }), '/radius');
    assert.equal(await refused('/dtw/lower-bound', { s1, s2, sakoe_chiba_radius: 1 }), '/sakoe_chiba_radius');
    assert.equal(await refused('/dtw/lower-bound', { s1, s2: [[1, 2]] }), '/s2');
    assert.equal(await refused('/dtw/lower-bound', { s1, s2, be: 'tfjs' }), '/be');
  });

  it('POST /dtw/subsequence answers as the library does, with paths if asked', async () => {
    const body = { query: wave.slice(5, 20), series: wave, k: 3 };
    const plain = await post('/dtw/subsequence', body);
    assert.deepEqual(plain.body, subsequence('dtw', body.query, wave, { k: 3 }));
    const traced = await post('/dtw/subsequence?path=true', { ...body, sakoe_chiba_radius: 2 });
    const params = { k: 3, sakoe_chiba_radius: 2 };
    assert.deepEqual(traced.body, subsequence('dtw', body.query, wave, params, { path: true }));
  });

  it('POST /dtw/subsequence 400 with the place, 413 beyond MAX_CELLS', async () => {
    const body = { query: [1, 2, 3], series: [1, 2] };
    assert.equal(await refused('/dtw/subsequence', { ...body, k: 0 }), '/k');
    assert.equal(await refused('/dtw/subsequence', { ...body, series: [[1, 2]] }), '/series');
    assert.equal(await refused('/dtw/subsequence', { ...body, sakoe_chiba_radius: 0 }), '/sakoe_chiba_radius');
    assert.equal(await refused('/dtw/subsequence', { ...body, itakura_max_slope: 2 }), '/itakura_max_slope');
    assert.equal(await refused('/dtw/subsequence', { ...body, be: 'tfjs' }), '/be');
    assert.equal(await refused('/dtw/subsequence?grad=true', body), '/grad');
    const long = new Array(500).fill(1);
    assert.equal((await post('/dtw/subsequence', { query: long, series: long })).status, 413);
  });

  const dataset = [wave.slice(0, 12), wave.slice(2, 17), wave.slice(1, 12)];

  it('POST /dtw/barycenter and /soft-dtw/barycenter answer as the library does', async () => {
    const given = { weights: [1, 2, 0.5], max_iter: 4, sakoe_chiba_radius: 5 };
    for (const method of ['majorize-minimize', 'petitjean', 'subgradient']) {
      const { body } = await post('/dtw/barycenter', { dataset, method, barycenter_size: 9, ...given });
      assert.deepEqual(body, barycenter('dtw', dataset, { method, barycenter_size: 9, ...given }));
    }
    const init = wave.slice(0, 10);
    const soft = await post('/soft-dtw/barycenter', { dataset, init, gamma: 0.1, ...given });
    assert.deepEqual(soft.body, barycenter('soft-dtw', dataset, { init, gamma: 0.1, ...given }));
  });

  it('barycenters 400 with the place, 413 beyond MAX_CELLS', async () => {
    for (const path of ['/dtw/barycenter', '/soft-dtw/barycenter']) {
      assert.equal(await refused(path, { dataset, weights: [1] }), '/weights');
      assert.equal(await refused(path, { dataset, weights: [0, 0, 0] }), '/weights');
      assert.equal(await refused(path, { dataset, weights: [1, -1, 1] }), '/weights/1');
      assert.equal(await refused(path, { dataset, init: [[1, 2]] }), '/init');
      assert.equal(await refused(path, { dataset, init: [1, 2], barycenter_size: 3 }), '/barycenter_size');
      assert.equal(await refused(path, { dataset, be: 'tfjs' }), '/be');
      assert.equal((await post(path, { dataset, max_iter: 1000 })).status, 413);
    }
    assert.equal(await refused('/soft-dtw/barycenter', { dataset, method: 'petitjean' }), '/method');
  });

  it('404 for a metric without it', async () => {
    assert.equal((await service.request.post('/msm/barycenter').send({ dataset })).status, 404);
  });
});
