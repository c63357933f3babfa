import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startProcess } from '../support/start-process.ts';
import { inflictAll, terminate } from './faults.ts';
import { overload } from './load.ts';
import type { Row } from './table.ts';

// A short `npm run soak`: the counts must be right; speed is not checked.

function assertKept(rows: readonly Row[]): void {
  assert.deepEqual(
    rows.filter(({ kept, timing }) => !kept && !timing),
    [],
  );
}

describe('the service', () => {
  it('responds with a correct 200 or a 503 at twice its capacity', async () => {
    const service = await startProcess({ LOG_LEVEL: 'warn', MAX_QUEUE: '200000000', MAX_CONNECTIONS: '20000' });
    try {
      assertKept(await overload(service, { measure: 600, overload: 1500 }));
    } finally {
      service.child.kill('SIGTERM');
    }
    assert.equal(await service.ended, 0);
  });

  it('recovers from every fault, without affecting other requests', async () => {
    assertKept(await inflictAll(1));
  });

  it('loses no accepted request to SIGTERM', async () => {
    assertKept(await terminate(1));
  });
});
