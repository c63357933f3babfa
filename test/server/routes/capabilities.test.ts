import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { metrics } from '../../../src/core/index.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService } from '../../support/start-service.ts';

describe('GET /capabilities', () => {
  let service: Service;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  it('lists every metric with its flags, backends and parameter schema', async () => {
    const response = await service.request.get('/capabilities');
    assertDocumented(response, 'get', '/capabilities');
    assert.deepEqual(
      response.body.metrics.map(({ name }: { name: string }) => name),
      metrics.map(({ name }) => name),
    );
    const soft = response.body.metrics.find(({ name }: { name: string }) => name === 'soft-dtw');
    assert.deepEqual(soft.gradient, ['s1', 's2', 'gamma']);
    assert.deepEqual([soft.similarity, soft.laws], [false, ['symmetric']]);
    assert.equal(soft.parameters.properties.gamma.default, 1);
    const [one, , , last] = soft.operations;
    const both = ['numpy', 'tfjs'];
    assert.deepEqual(one, { method: 'POST', path: '/soft-dtw', flags: ['grad', 'alignment'], backends: both });
    assert.deepEqual(last, { method: 'POST', path: '/soft-dtw/barycenter', flags: [], backends: ['numpy'] });
  });
});
