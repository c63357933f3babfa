import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { fixtureFiles } from '../support/read-fixtures.ts';

// test/reference/ids.json names every case that was computed with tslearn (312) and aeon (130). None may be forgotten: each is in a fixture
// file, whose every case is run, or is listed there as skipped, with the reason.

describe('the reference cases', async () => {
  const ids: Record<string, string[]> = JSON.parse(await readFile(new URL('ids.json', import.meta.url), 'utf8'));
  for (const [source, all] of Object.entries(ids)) {
    it(`of ${source} are each in one fixture, or skipped for a reason`, (test) => {
      const files = fixtureFiles().filter((file) => file.source === source);
      const held = files.flatMap(({ cases }) => cases.map(({ id }) => id));
      const skipped = files.flatMap(({ meta }) => meta.skipped ?? []);
      for (const { id, why } of skipped) assert.ok(why.length > 10, `${id} is skipped without a reason`);
      const places = [...held, ...skipped.map(({ id }) => id)];
      assert.deepEqual(
        places.filter((id, at) => places.indexOf(id) !== at),
        [],
        'twice',
      );
      assert.deepEqual(
        all.filter((id) => !places.includes(id)),
        [],
        'forgotten',
      );
      const known = all.filter((id) => held.includes(id)).length;
      test.diagnostic(`${source}: ${all.length} cases, ${known} in fixtures, ${all.length - known} skipped:`);
      for (const { id, why } of skipped) test.diagnostic(`  ${id}: ${why}`);
    });
  }
});
