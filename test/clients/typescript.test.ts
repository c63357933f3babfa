import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createClient } from '../../clients/typescript/client.ts';
import { putDataset, resultOf, type ServiceError, submit, untilEnded } from '../../clients/typescript/jobs.ts';
import { type Service, startService } from '../support/start-service.ts';

describe('the TypeScript client', () => {
  let service: Service;
  before(async () => {
    service = await startService({ API_KEYS: 'secret' });
  });
  after(() => service.close());

  it('answers the value and what the flags ask for, typed', async () => {
    const { data, error } = await createClient(service.url, 'secret').POST('/soft-dtw', {
      params: { query: { grad: true } },
      body: { s1: [1, 2, 3], s2: [3, 4, -3], gamma: 1 },
    });
    assert.equal(error, undefined);
    const value: number | undefined = data?.value;
    assert.ok(Math.abs((value ?? 0) - 41.187627311413216) < 1e-9);
    assert.equal(data?.gradient?.s1.length, 3);
  });

  it('answers the problem in place of the data', async () => {
    const body = { s1: [1, 2, 3], s2: [3, 4, -3], gamma: -1 };
    const { data, error, response } = await createClient(service.url, 'secret').POST('/soft-dtw', { body });
    assert.equal(data, undefined);
    assert.equal(response.status, 400);
    assert.equal(error?.errors?.[0]?.pointer, '/gamma');
  });

  it('stores a data set, follows a job on it, and gets its result', async () => {
    const own = { baseUrl: service.url, key: 'secret' };
    const { count } = await putDataset(own, 'three', '[[1,2,3],[4,5],[6]]');
    assert.equal(count, 3);
    const { id } = await submit(own, '/dtw/cdist', { dataset1: 'three' }, 'once');
    assert.equal((await submit(own, '/dtw/cdist', { dataset1: 'three' }, 'once')).id, id);
    const told: string[] = [];
    const ended = await untilEnded(own, id, { progress: ({ status }) => told.push(status) });
    assert.equal(ended.status, 'succeeded');
    assert.equal(told.at(-1), 'succeeded');
    const { shape } = (await (await resultOf(own, id)).json()) as { shape: number[] };
    assert.deepEqual(shape, [3, 3]);
    await assert.rejects(submit(own, '/dtw/cdist', { dataset1: 'tree' }), (error: ServiceError) => {
      assert.equal(error.problem.code, 'dataset_not_found');
      return true;
    });
  });

  it('sends no key unless it has one', async () => {
    const { error } = await createClient(service.url).POST('/dtw', { body: { s1: [1], s2: [2] } });
    assert.equal(error?.code, 'unauthorized');
  });
});
