import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withoutPostgres } from '../support/start-postgres.ts';
import { withoutS3 } from '../support/start-s3.ts';
import { troubledFleet } from './fleet.ts';

// A short `npm run fleet`.

describe('four workers, a service, PostgreSQL and S3', { skip: withoutPostgres || withoutS3 }, () => {
  it('compute a matrix to the last bit, each tile once, whoever is killed, stopped, parted or restarted meanwhile', async () => {
    const plan = {
      series: 1000,
      steps: 200,
      tileMs: 200,
      killEveryMs: 1000,
      stopMs: 6000,
      partMs: 3000,
      compares: false,
    };
    const { same, tiles, rows, distinct, kills, failedRequests } = await troubledFleet(plan);
    assert.ok(same, 'the result differs');
    assert.deepEqual([rows, distinct], [tiles, tiles]);
    assert.ok(kills > 0 && failedRequests > 0, `${kills} kills, ${failedRequests} failed requests`);
  });
});
