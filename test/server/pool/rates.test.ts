import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Rates } from '../../../src/server/pool/rates.ts';

it('the measured rate of a kind of work follows it, without affecting others', () => {
  const rates = new Rates();
  const guess = rates.perMs('dtw');
  for (let k = 0; k < 200; k++) rates.observe({ kind: 'dtw', cells: 4_000_000 }, 1);
  assert.ok(Math.abs(rates.perMs('dtw') - 4_000_000) < 40_000, String(rates.perMs('dtw')));
  assert.ok(Math.abs(rates.milliseconds({ kind: 'dtw', cells: 8_000_000 }) - 2) < 0.02);
  for (let k = 0; k < 200; k++) rates.observe({ kind: 'dtw', cells: 1_000_000 }, 1);
  assert.ok(Math.abs(rates.perMs('dtw') - 1_000_000) < 10_000, String(rates.perMs('dtw')));
  assert.equal(rates.perMs('soft-dtw'), guess);
});
