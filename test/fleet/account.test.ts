import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountOf } from './account.ts';

const at = (...pairs: [number, number][]) => pairs.map(([time, tile]) => ({ at: time, tile }));

describe('the account of a troubled fleet', () => {
  it('has nothing lost where every tile counts', () => {
    const life = { taken: at([0, 1], [10, 2]), recorded: at([9, 1], [21, 2]), away: [] };
    assert.deepEqual(accountOf([life], 30), { lostWork: 0, lostTiles: 0, away: 0, longestTile: 11 });
  });

  it('has the work at a kill, and the time until there is another worker', () => {
    const life = { taken: at([0, 1], [10, 2]), recorded: at([9, 1]), away: [], killed: 14, replaced: 17 };
    assert.deepEqual(accountOf([life], 30), { lostWork: 4, lostTiles: 1, away: 3, longestTile: 9 });
  });

  it('has one tile of a claim of several, since it is computed one after the other', () => {
    const life = { taken: at([0, 1], [0, 2], [0, 3]), recorded: at([5, 1]), away: [], killed: 8, replaced: 9 };
    assert.deepEqual(accountOf([life], 30), { lostWork: 3, lostTiles: 1, away: 1, longestTile: 5 });
  });

  it('has the work of a tile that another worker was faster at, without the time in which this one stood still', () => {
    const life = { taken: at([0, 1], [70, 2]), recorded: at([75, 2]), away: [{ from: 6, to: 66 }] };
    assert.deepEqual(accountOf([life], 80), { lostWork: 10, lostTiles: 1, away: 60, longestTile: 10 });
  });

  it('ends with the job', () => {
    const life = { taken: at([0, 1]), recorded: [], away: [{ from: 6, to: 66 }] };
    const killed = { taken: at([0, 2]), recorded: at([5, 2]), away: [], killed: 48, replaced: 55 };
    assert.deepEqual(accountOf([life, killed], 50), { lostWork: 6, lostTiles: 1, away: 46, longestTile: 6 });
  });
});
