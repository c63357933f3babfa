import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Pace } from '../../../src/server/http/pace.ts';

const paced = { burst: 3, everyMs: 20, mostMs: 100 };

it('lets a burst pass, and then makes each wait for its turn, up to a limit', () => {
  const pace = new Pace(paced);
  const waits = Array.from({ length: 10 }, () => pace.wait('a', 1000));
  assert.deepEqual(waits, [0, 0, 0, 20, 40, 60, 80, 100, 100, 100]);
});

it('forgets with time, and knows each caller apart', () => {
  const pace = new Pace(paced);
  for (let k = 0; k < 20; k++) pace.wait('a', 1000);
  assert.equal(pace.wait('b', 1000), 0);
  assert.ok(pace.wait('a', 1000) > 0);
  assert.equal(pace.wait('a', 1300), 0);
});
