import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertDocumented } from '../../support/assert-documented.ts';
import { type Service, startService, untilReady } from '../../support/start-service.ts';

describe('health', () => {
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
});
