import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type Claim, TileQueue } from '../../../src/server/background/queue.ts';
import { migrate } from '../../../src/server/background/schema.ts';
import type { Database } from '../../../src/server/database/database.ts';
import { openEmbedded } from '../../../src/server/database/embedded.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const JOB = '00000000-0000-4000-8000-000000000000';

describe('the queue of tiles', () => {
  const folder = temporaryFolder();
  let database: Database;
  let queue: TileQueue;
  before(async () => {
    database = await openEmbedded(join(folder, 'database'));
    await migrate(database);
    queue = new TileQueue(database, () => {});
    await queue.start();
    await queue.prepare(JOB);
    await queue.add(JOB, [7], database.query);
  });
  after(async () => {
    await queue.stop();
    await database.close();
  });

  it('gives out a tile however often it was given back, as in a long outage of the store, and never to two', async () => {
    for (let k = 0; k < 30; k++) {
      const claim = (await queue.claim(JOB)) as Claim;
      assert.equal(claim?.tile, 7, `after ${k} times`);
      assert.equal(await queue.claim(JOB), undefined);
      await queue.giveBack(claim);
    }
    assert.equal(await queue.hopeless(JOB), undefined);
  });

  it('says that a tile is hopeless once it has ended too many threads', async () => {
    let tries = 0;
    for (let claim = await queue.claim(JOB); claim; claim = await queue.claim(JOB)) {
      tries++;
      await queue.fail(claim);
      assert.ok(tries < 100);
    }
    assert.ok(tries > 10, `${tries} tries`);
    assert.equal(await queue.hopeless(JOB), 7);
  });
});
