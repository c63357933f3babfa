import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { metrics } from '../../../src/core/index.ts';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';

describe('the routes around the metrics', () => {
  let service: Service;
  before(async () => {
    service = await startService({ WORKERS: '2' });
  });
  after(() => service.close());

  it('is alive at once, and ready only after every worker has answered', async () => {
    const live = await service.request.get('/livez');
    assert.deepEqual(live.body, { status: 'ok' });
    assertDocumented(live, 'get', '/livez');
    const early = await service.request.get('/readyz');
    assert.equal(early.status, 503);
    assertDocumented(early, 'get', '/readyz');
    await untilReady(service);
    const ready = await service.request.get('/readyz');
    assert.deepEqual(ready.body, { status: 'ok' });
    assertDocumented(ready, 'get', '/readyz');
  });

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

  it('serves its OpenAPI document and a page that shows it', async () => {
    const document = await service.request.get('/openapi.json');
    assert.equal(document.body.openapi, '3.1.1');
    for (const { name } of metrics) assert.ok(document.body.paths[`/${name}`].post);
    const page = await service.request.get('/docs/');
    assert.equal(page.status, 200);
    assert.match(page.headers['content-type'] as string, /html/);
  });
});
