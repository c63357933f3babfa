import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startProcess } from '../support/start-process.ts';
import { inflictAll, terminate } from './faults.ts';
import { overload } from './load.ts';
import type { Row } from './table.ts';

// `npm run soak` in short: what was counted must be right; how fast it went is not looked at.

function assertKept(rows: readonly Row[]): void {
  assert.deepEqual(
    rows.filter(({ kept, timing }) => !kept && !timing),
    [],
  );
}

describe('the service', () => {
  it('answers 200 or 503, and right, at twice the load that it can take', async () => {
    const service = await startProcess({ LOG_LEVEL: 'warn', MAX_QUEUE: '200000000' });
    try {
      assertKept(await overload(service, { measure: 600, overload: 1500 }));
    } finally {
      service.child.kill('SIGTERM');
    }
    assert.equal(await service.ended, 0);
  });

  it('is well after every fault, and nobody else notices', async () => {
    assertKept(await inflictAll(1));
  });

  it('loses no accepted request to SIGTERM', async () => {
    assertKept(await terminate(1));
  });
});
