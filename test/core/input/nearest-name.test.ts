import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate, InvalidInput, metrics } from '../../../src/core/index.ts';
import { nearestName } from '../../../src/core/server-door.ts';

const known = [
  'dtw',
  'ddtw',
  'soft-dtw',
  'gamma',
  'sakoe_chiba_radius',
  'itakura_max_slope',
  'global_constraint',
  'be',
];

describe('the nearest name', () => {
  const cases: [wrong: string, meant: string | undefined][] = [
    ['DTW', 'dtw'],
    ['softdtw', 'soft-dtw'],
    ['Soft_DTW', 'soft-dtw'],
    ['sakoeChibaRadius', 'sakoe_chiba_radius'],
    ['dwt', 'dtw'],
    ['gamam', 'gamma'],
    ['gama', 'gamma'],
    ['sakoe_chiba_raduis', 'sakoe_chiba_radius'],
    ['max_slope', 'itakura_max_slope'],
    ['constraint', 'global_constraint'],
    ['eb', 'be'],
    ['zzz', undefined],
    ['', undefined],
    ['_', undefined],
    ['x', undefined],
    ['completely different', undefined],
    ['gamma'.repeat(1000), undefined],
  ];
  for (const [wrong, meant] of cases) {
    it(`of "${wrong.slice(0, 30)}" is ${meant ?? 'none'}`, () => assert.equal(nearestName(wrong, known), meant));
  }

  it('of every metric with a letter too many is that metric', () => {
    const names = metrics.map(({ name }) => name);
    for (const name of names.filter((one) => one.length > 5)) {
      for (let at = 1; at < name.length; at++) {
        assert.equal(nearestName(`${name.slice(0, at)}q${name.slice(at)}`, names), name);
      }
    }
  });

  it('takes no time for names that nobody could mean', () => {
    const started = performance.now();
    for (let k = 0; k < 1000; k++) nearestName('x'.repeat(100_000), known);
    assert.ok(performance.now() - started < 500);
  });

  it('is in what the library says of a wrong metric and of a wrong parameter', () => {
    assert.throws(() => evaluate('soft_dtw', [1], [2]), /did you mean "soft-dtw"\?/);
    assert.throws(
      () => evaluate('soft-dtw', [1], [2], { gama: 1 }),
      (error) =>
        error instanceof InvalidInput && error.path[0] === 'gama' && /did you mean "gamma"\?/.test(error.message),
    );
    assert.throws(() => evaluate('sbd', [1], [2], { gamma: 1 }), /sbd has no parameter "gamma": use /);
  });
});
