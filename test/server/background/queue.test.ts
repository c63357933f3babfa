import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';
import { JobTable } from '../../../src/server/background/job-table.ts';
import { type Claim, TileQueue } from '../../../src/server/background/queue.ts';
import { recordTile } from '../../../src/server/background/record-tile.ts';
import { migrate } from '../../../src/server/background/schema.ts';
import { type HeldJob, whatIsHeld, whatWaits } from '../../../src/server/background/survey.ts';
import type { Database } from '../../../src/server/database/database.ts';
import { openEmbedded } from '../../../src/server/database/embedded.ts';
import { openPostgres } from '../../../src/server/database/postgres.ts';
import { onEachDatabase } from '../../support/on-each-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const KERNEL = 'of the test';
const PROCESS = '00000000-0000-4000-8000-000000000000';
const GONE = 60;
const HOUR_MS = 3600 * 1000;

onEachDatabase('the queue of tiles', (newDatabase) => {
  const folder = temporaryFolder();
  let database: Database;
  let queue: TileQueue;
  let table: JobTable;
  let job: string;
  before(async () => {
    const { DATABASE_URL } = await newDatabase();
    database = DATABASE_URL ? openPostgres(DATABASE_URL) : await openEmbedded(join(folder, 'database'));
    await migrate(database);
    queue = new TileQueue(database, () => {});
    table = new JobTable(database);
    await queue.start();
  });
  beforeEach(async () => {
    for (const { id } of await table.open()) await table.end(id, 'cancelled');
    job = await added('one', [7]);
  });
  after(async () => {
    await queue.stop();
    await database.close();
  });

  async function added(owner: string, tiles: readonly number[]): Promise<string> {
    const id = randomUUID();
    await queue.prepare(id);
    const request = { metric: 'dtw', suffix: '/cdist', query: {}, be: 'numpy', params: {}, fields: {} };
    const facts = { tile_cells: 1, tiles: tiles.length, cells: tiles.length, share: 1, kind: 'a kind' };
    const names = { key: undefined, fingerprint: '', digests: [], kernel: KERNEL };
    await table.add({ id, owner, request, ...facts, ...names }, database.query);
    await queue.add(id, tiles, database.query);
    return id;
  }
  const claimed = async (id = job): Promise<Claim> => (await queue.claim(id))[0] as Claim;
  const held = (own: readonly Claim[] = []): Promise<HeldJob[]> =>
    whatIsHeld(
      database.query,
      KERNEL,
      own.map(({ attempt }) => attempt.id),
      1.5,
      1000,
    );
  const record = (claim: Claim): Promise<boolean> =>
    recordTile(database.query, claim, { tile: claim.tile, cells: 1, ms: 1000, compute: 1000, digest: '' }, PROCESS);
  const rows = () => database.query<{ tile: number }>('SELECT tile FROM warpserve.tile_done WHERE job = $1', [job]);
  /** Lets time pass for a tile that is held. */
  const later = (ms: number) =>
    database.query(
      `UPDATE pgboss.job SET started_on = started_on - $1 * interval '1 millisecond' WHERE state = 'active'`,
      [ms],
    );

  it('gives out a tile however often it was given back, as in a long outage of the store, and never to two', async () => {
    for (let k = 0; k < 30; k++) {
      const claim = await claimed();
      assert.equal(claim?.tile, 7, `after ${k} times`);
      assert.deepEqual(await queue.claim(job), []);
      await queue.giveBack(claim);
    }
    assert.equal((await held())[0]?.hopeless, null);
  });

  it('says that a tile is hopeless once it has ended too many threads', async () => {
    let tries = 0;
    for (let claim = await claimed(); claim; claim = await claimed()) {
      tries++;
      await queue.fail(claim);
      assert.ok(tries < 100);
    }
    assert.ok(tries > 10, `${tries} tries`);
    assert.equal((await held())[0]?.hopeless, 7);
  });

  it('gives out several tiles at once, each to one', async () => {
    const many = await added('one', [...Array(10).keys()]);
    const found = [await queue.claim(many, 4), await queue.claim(many, 4), await queue.claim(many, 4)];
    assert.deepEqual(
      found.map(({ length }) => length),
      [4, 4, 2],
    );
    assert.equal(new Set(found.flat().map(({ tile }) => tile)).size, 10);
  });

  it('tells in one statement, for each owner, which is the oldest job with tiles that wait', async () => {
    const later = await added('one', [0, 1]);
    const other = await added('two', [0, 1, 2]);
    const waiting = async () =>
      Object.fromEntries(
        (await whatWaits(database.query, KERNEL, GONE, 64)).map(({ owner, job }) => [
          owner,
          job && [job.id, job.waiting],
        ]),
      );
    assert.deepEqual(await waiting(), { one: [job, 1], two: [other, 3] });
    await claimed();
    await queue.claim(other, 3);
    assert.deepEqual(await waiting(), { one: [later, 2], two: undefined });
    assert.deepEqual(await whatWaits(database.query, 'of another kernel', GONE, 64), []);
  });

  it('starts a tile a second time only once it takes long, for one other process, and not for the one that has it', async () => {
    const slow = await claimed();
    assert.equal((await held())[0]?.slow, null);
    await later(1400); // one and a half times the planned second is not over
    assert.equal((await held())[0]?.slow, null);
    await later(200);
    assert.equal((await held([slow]))[0]?.slow, null);
    const [found] = await held();
    assert.equal(found?.slow?.tile, 7);
    const second = await queue.claimSecond(job, found.slow);
    assert.equal(second?.isSecond, true);
    assert.equal(await queue.claimSecond(job, found.slow), undefined);
    assert.equal((await held())[0]?.slow, null);
  });

  for (const first of ['slow', 'second'] as const) {
    it(`records a tile that two have computed once, when the ${first} one is first`, async () => {
      const slow = await claimed();
      await later(HOUR_MS);
      const second = (await queue.claimSecond(job, (await held())[0]?.slow as never)) as Claim;
      const [one, other] = first === 'slow' ? [slow, second] : [second, slow];
      assert.deepEqual(await table.unwanted([other]), []);
      assert.equal(await record(one), true);
      assert.deepEqual(await table.unwanted([other]), [{ job, tile: 7, isStopped: false }]);
      assert.equal(await record(other), false);
      await queue.giveBack(other);
      await queue.fail(other);
      assert.deepEqual(await queue.claim(job), []);
      assert.equal((await rows()).length, 1);
      assert.equal((await held())[0]?.isDone, true);
    });
  }

  it('leaves a tile with the process that has it when the one that started it a second time gives up', async () => {
    const slow = await claimed();
    await later(HOUR_MS);
    const second = (await queue.claimSecond(job, (await held())[0]?.slow as never)) as Claim;
    await queue.giveBack(second);
    await queue.fail(second);
    await queue.touch([second]);
    assert.deepEqual(await queue.claim(job), []);
    assert.equal(await record(slow), true);
  });

  it('records nothing for a job that was cancelled', async () => {
    const claim = await claimed();
    await table.end(job, 'cancelled');
    assert.deepEqual(await table.unwanted([claim]), [{ job, tile: 7, isStopped: true }]);
    assert.equal(await record(claim), false);
    assert.deepEqual(await rows(), []);
  });

  it('releases tiles whose process has sent no heartbeat, and no others', async () => {
    const two = await added('one', [0, 1]);
    const [lost, alive] = (await queue.claim(two, 2)) as [Claim, Claim];
    await database.query(`UPDATE pgboss.job SET heartbeat_on = now() - interval '1 minute' WHERE name = $1`, [
      `job-${two}`,
    ]);
    await queue.touch([alive]);
    assert.deepEqual(
      (await held()).map(({ id, isLost }) => [id, isLost]),
      [
        [job, false],
        [two, true],
      ],
    );
    await queue.releaseLost(two);
    assert.deepEqual(
      (await queue.claim(two, 2)).map(({ tile }) => tile),
      [lost.tile],
    );
  });
});

onEachDatabase('the speed by which tiles are cut', (newDatabase) => {
  const folder = temporaryFolder();
  let database: Database;
  let table: JobTable;
  before(async () => {
    const { DATABASE_URL } = await newDatabase();
    database = DATABASE_URL ? openPostgres(DATABASE_URL) : await openEmbedded(join(folder, 'database'));
    await migrate(database);
    table = new JobTable(database);
  });
  after(() => database.close());

  it('is that of the slowest process that is there, but never less than an eighth of all', async () => {
    const speed = () => table.perMs('a kind', KERNEL, GONE);
    assert.equal(await speed(), undefined);
    const [slow, fast, gone] = [randomUUID(), randomUUID(), randomUUID()];
    const job = randomUUID();
    await database.query(
      `INSERT INTO warpserve.job (id, owner, fingerprint, status, request, digests, kernel, tile_cells, tiles, cells, kind)
       VALUES ($1, 'one', '', 'succeeded', '{}', '{}', $2, 1, 9, 9, 'a kind')`,
      [job, KERNEL],
    );
    const done = (tile: number, process: string, cells: number, compute: number) =>
      database.query(
        `INSERT INTO warpserve.tile_done (job, tile, cells, ms, compute, digest, process) VALUES ($1, $2, $3, 1, $4, '', $5)`,
        [job, tile, cells, compute, process],
      );
    await done(0, fast, 4000, 1);
    await done(1, slow, 1000, 1);
    await done(2, gone, 100, 1);
    assert.equal(await speed(), 1700); // nobody is there: all together
    await table.seen(fast, KERNEL, 1);
    assert.equal(await speed(), 4000);
    await table.seen(slow, KERNEL, 1);
    assert.equal(await speed(), 1000);
    await table.seen(gone, KERNEL, 1);
    assert.equal(await speed(), 1700 / 8);
  });

  it('of work that nobody has done is that of the slowest machine, by what all have measured alike', async () => {
    const kernel = 'of other machines';
    assert.equal(await table.leastSpeed(kernel, GONE), undefined);
    const [first, second] = [randomUUID(), randomUUID()];
    await table.seen(first, kernel, 1);
    assert.equal(await table.leastSpeed(kernel, GONE), undefined); // it has not measured yet
    await table.seen(first, kernel, 1, 3000);
    await table.seen(second, kernel, 1, 500);
    await table.seen(second, kernel, 1);
    assert.equal(await table.leastSpeed(kernel, GONE), 500);
    await table.left(second);
    assert.equal(await table.leastSpeed(kernel, GONE), 3000);
  });
});
