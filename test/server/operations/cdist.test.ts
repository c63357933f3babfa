import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { cdist, metrics } from '../../../src/core/index.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { cutToEqual } from '../../support/equal-lengths.ts';
import { type Service, startService } from '../../support/start-service.ts';

const dataset1 = [
  [1, 2, 2, 3],
  [1, 2, 3, 4],
  [5, 1, 0],
  [2, 2, 2],
];
const dataset2 = [
  [1, 2, 3],
  [2, 3, 4, 5, null],
];

describe('POST /{metric}/cdist', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2', MAX_CELLS: '100000000' });
  });
  after(() => service.close());

  for (const record of metrics) {
    const { name, backends } = record;
    it(`answers ${name} for two datasets and for one with itself, as the library does`, async () => {
      for (const be of backends) {
        const [first, second] = [cutToEqual(record, dataset1), cutToEqual(record, dataset2)];
        for (const body of [{ dataset1: first, dataset2: second }, { dataset1: first }]) {
          const response = await service.request.post(`/${name}/cdist`).send({ ...body, be });
          assert.equal(response.status, 200, response.text);
          assertDocumented(response, 'post', `/${name}/cdist`);
          const { matrix, shape } = cdist(name, first, 'dataset2' in body ? second : undefined, { be });
          assert.deepEqual(response.body.matrix, matrix);
          assert.deepEqual(response.body.shape, shape);
        }
      }
    });
  }

  it('computes a matrix of many tiles on all workers', async () => {
    const many = Array.from({ length: 40 }, (_, k) => Array.from({ length: 30 }, (_, i) => Math.sin(i / 3 + k) * k));
    const { body } = await service.request.post('/dtw/cdist').send({ dataset1: many });
    assert.deepEqual(body.matrix, cdist('dtw', many).matrix);
  });

  it('400 with the place of the first bad value, and for datasets of different d', async () => {
    const bad = await service.request.post('/dtw/cdist').send({
      dataset1: [
        [1, 2],
        [1, 'x'],
      ],
    });
    assert.equal(bad.status, 400);
    assert.equal(bad.body.errors[0].pointer, '/dataset1/1/1');
    const mixed = await service.request.post('/dtw/cdist').send({ dataset1: [[1, 2]], dataset2: [[[1, 2]]] });
    assert.equal(mixed.body.errors[0].pointer, '/dataset2');
    const infeasible = await service.request
      .post('/dtw/cdist')
      .send({ dataset1: [[1], [1, 2, 3, 4, 5, 6, 7, 8]], itakura_max_slope: 1 });
    assert.equal(infeasible.body.code, 'infeasible_constraint');
  });

  it('413 if the pairs have more cells than MAX_CELLS', async () => {
    const long = new Array(3000).fill(1);
    const { status, body } = await service.request.post('/dtw/cdist').send({ dataset1: new Array(6).fill(long) });
    assert.equal(status, 413);
    assert.match(body.detail, /169845900 cells.*100000000/);
    const tiny = new Array(600).fill([1]);
    const answer = await service.request.post('/dtw/cdist').send({ dataset1: tiny });
    assert.equal(answer.status, 413, 'an answer of 360,000 numbers');
  });
});
