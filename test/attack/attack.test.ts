import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allAttacks, judge } from './judge.ts';

// `npm run attack` in short.

describe('the service holds against', async () => {
  for (const attack of await allAttacks()) {
    it(`${attack.name}: ${attack.held}, ${attack.limit}`, async () => {
      const { measured, held } = await judge(attack, 0.1);
      assert.ok(held, measured);
    });
  }
});
