import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { metrics, neighbors } from '../../../src/core/index.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { cutToEqual } from '../../support/equal-lengths.ts';
import { type Service, startService } from '../../support/start-service.ts';

const queries = [
  [1, 2, 2, 3],
  [5, 1, 0],
];
const candidates = [
  [1, 2, 3],
  [2, 3, 4, 5, null],
  [6, 1, 0],
];

describe('POST /{metric}/neighbors', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2', MAX_CELLS: '100000000' });
  });
  after(() => service.close());

  for (const record of metrics) {
    const { name, backends } = record;
    const body = { queries: cutToEqual(record, queries), candidates: cutToEqual(record, candidates), k: 2 };
    it(`answers ${name} as the library does`, async () => {
      for (const be of backends) {
        const response = await service.request.post(`/${name}/neighbors`).send({ ...body, be });
        assert.equal(response.status, 200, response.text);
        assertDocumented(response, 'post', `/${name}/neighbors`);
        assert.deepEqual(response.body, neighbors(name, body.queries, body.candidates, { k: 2, be }));
      }
    });
  }

  it('finds one neighbour by default, for many queries on all workers, and counts what it skipped', async () => {
    const many = Array.from({ length: 60 }, (_, k) => Array.from({ length: 40 }, (_, i) => Math.sin(i / 3 + k) * k));
    const body = { queries: many.slice(0, 9), candidates: many, sakoe_chiba_radius: 3 };
    const answer = (await service.request.post('/dtw/neighbors').send(body)).body;
    assert.deepEqual(answer.indices, [[0], [1], [2], [3], [4], [5], [6], [7], [8]]);
    assert.deepEqual(answer, neighbors('dtw', body.queries, many, { sakoe_chiba_radius: 3 }));
    assert.ok(answer.pruned > answer.computed);
  });

  it('answers the same about a stored data set, whatever was asked about it before', async () => {
    const many = Array.from({ length: 60 }, (_, k) =>
      Array.from({ length: 30 + (k % 3) }, (_v, i) => Math.sin(i / 3 + k) * (1 + (k % 5))),
    );
    await service.request.put('/datasets/asked-again').send(many);
    const asked = [8, 40, 8].flatMap((length) =>
      [{}, { sakoe_chiba_radius: 12 }, { sakoe_chiba_radius: 15 }, { itakura_max_slope: 6 }, {}].map((params) => ({
        queries: many
          .slice(0, 4)
          .map((series) => Array.from({ length: length + 20 }, (_, i) => series[i % 30] as number)),
        params,
      })),
    );
    for (const { queries, params } of asked) {
      const body = { queries, candidates: 'asked-again', k: 3, ...params };
      const answer = await service.request.post('/dtw/neighbors').send(body);
      assert.deepEqual(answer.body, neighbors('dtw', queries, many, { k: 3, ...params }));
    }
  });

  it('400 with the place: a bad value, different d, too large a k, an infeasible constraint', async () => {
    const refused = async (body: object) => {
      const response = await service.request.post('/dtw/neighbors').send(body);
      assert.equal(response.status, 400, response.text);
      assertDocumented(response, 'post', '/dtw/neighbors');
      return response.body.errors[0].pointer;
    };
    assert.equal(await refused({ queries: [[1, 'x']], candidates }), '/queries/0/1');
    assert.equal(await refused({ queries, candidates: [[[1, 2]]] }), '/candidates');
    assert.equal(await refused({ queries, candidates, k: 4 }), '/k');
    assert.equal(await refused({ queries, candidates, k: 0 }), '/k');
    assert.equal(await refused({ queries: [[1]], candidates, itakura_max_slope: 1 }), '/itakura_max_slope');
  });

  it('413 if the pairs have more cells than MAX_CELLS', async () => {
    const long = new Array(10_000).fill(1);
    const { status, body } = await service.request.post('/dtw/neighbors').send({ queries: [long], candidates: [long] });
    assert.equal(status, 413);
    assert.match(body.detail, /125481000 cells.*100000000/);
  });
});
