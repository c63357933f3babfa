import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as library from '../../../src/core/index.ts';
import { evaluate, InvalidInput, metrics } from '../../../src/core/index.ts';
import type { Band } from '../../../src/core/kernels/index.ts';
import { itakuraBand, sakoeChibaBand } from '../../../src/core/metric/band.ts';
import { fixtureFiles } from '../../support/read-fixtures.ts';

type Mask = boolean[][];

const none = { global_constraint: null, sakoe_chiba_radius: null, itakura_max_slope: null };
const codes = [null, 'itakura', 'sakoe_chiba'] as const; // tslearn's numbers for the constraints

describe("tslearn's masks, and aeon's where they are the same", () => {
  const masks: Record<string, (args: Record<string, never>) => Mask> = {
    sakoe_chiba_mask: ({ sz1, sz2, radius }) => library.sakoeChibaMask(sz1, sz2, radius),
    itakura_mask: ({ sz1, sz2, max_slope }) => library.itakuraMask(sz1, sz2, max_slope),
    // aeon's window is a fraction of the length; of equal lengths its band is that of Sakoe and Chiba.
    create_bounding_matrix: ({ x_size, y_size, window = 1 }) =>
      library.sakoeChibaMask(x_size, y_size, Math.floor(window * x_size)),
    compute_mask: ({ s1, s2, global_constraint = 0, ...rest }) =>
      library.computeMask(s1, s2, { global_constraint: codes[global_constraint] ?? null, ...rest }),
  };
  const cases = fixtureFiles().flatMap(({ name, cases }) => (name === 'masks' ? cases : []));
  assert.notEqual(cases.length, 0);
  for (const { id, fn, args, expected } of cases) {
    it(`${id} is ours`, () => {
      const run = () => masks[fn]?.(args as Record<string, never>);
      if (expected.error) assert.throws(run, InvalidInput);
      else assert.deepEqual(run(), expected.value);
    });
  }

  it('are all true without a constraint', () => {
    assert.deepEqual(library.computeMask(2, 3), [
      [true, true, true],
      [true, true, true],
    ]);
  });

  it('reject an invalid size, radius or slope', () => {
    const refused = (path: string, run: () => unknown) => assert.throws(run, { name: 'InvalidInput', path: [path] });
    refused('sz1', () => library.sakoeChibaMask(0, 2));
    refused('sz2', () => library.itakuraMask(2, 1.5));
    refused('radius', () => library.sakoeChibaMask(2, 2, -1));
    refused('max_slope', () => library.itakuraMask(2, 2, 0.5));
    refused('itakura_max_slope', () => library.computeMask(1, 5, { itakura_max_slope: 2 }));
    refused('global_constraint', () => library.computeMask(2, 2, { sakoe_chiba_radius: 1, itakura_max_slope: 2 }));
  });
});

describe('bands', () => {
  it('of Sakoe-Chiba are the masks of tslearn for all lengths below 25', () => {
    forAllLengths((n, m) => {
      for (const radius of [0, 1, 2, 3, 7, 30]) {
        const found = maskOf(n, m, sakoeChibaBand(n, m, radius));
        assert.deepEqual(found, sakoeChibaMask(n, m, radius), `${n} x ${m}, radius ${radius}`);
      }
    });
  });

  it('of Itakura are the masks of tslearn for all lengths below 25, and rejected where its are', () => {
    const count = { equal: 0, refused: 0 };
    forAllLengths((n, m) => {
      for (const slope of [1, 1.01, 1.2, 1.5, 1.77, 2, 2.5, 3, 4.25, 8, 1000]) {
        const mask = itakuraMask(n, m, slope);
        const what = `${n} x ${m}, slope ${slope}`;
        if (mask === undefined) {
          assert.throws(() => itakuraBand(n, m, slope), InvalidInput, what);
          count.refused++;
        } else {
          assert.deepEqual(maskOf(n, m, itakuraBand(n, m, slope)), mask, what);
          count.equal++;
        }
      }
    });
    assert.ok(count.equal > 2000 && count.refused > 500, JSON.stringify(count));
  });

  it('of an infeasible Itakura slope name the smallest feasible one: it works, and a hundredth less does not', () => {
    forAllLengths((n, m) => {
      const [, slope] =
        refusal(() => itakuraBand(n, m, 1)).match(/smallest feasible itakura_max_slope is ([\d.]+)$/) ?? [];
      if (slope === undefined) return;
      itakuraBand(n, m, Number(slope));
      assert.throws(() => itakuraBand(n, m, (Math.round(Number(slope) * 100) - 1) / 100), InvalidInput, `${n} x ${m}`);
    });
  });

  it('of an infeasible Itakura slope say so if no slope is feasible', () => {
    for (const n of [3, 5, 1000])
      assert.match(
        refusal(() => itakuraBand(n, 2, 2)),
        /no slope is feasible/,
      );
  });

  it('of Itakura become feasible once, as the slope grows', () => {
    for (let n = 1; n < 10; n++) {
      for (let m = 1; m < 10; m++) {
        const feasible = Array.from({ length: 500 }, (_, k) => itakuraMask(n, m, 1 + k / 100) !== undefined);
        assert.equal(
          feasible.indexOf(true) === -1 || !feasible.slice(feasible.indexOf(true)).includes(false),
          true,
          `${n} x ${m}`,
        );
      }
    }
  });
});

for (const record of metrics.filter(({ params }) => 'sakoe_chiba_radius' in params.shape)) {
  describe(`the constraint of ${record.name}`, () => {
    const s1 = [0, 3, 1, 2, 5, 4, 1];
    const s2 = [1, 0, 4, 4, 1, 2, 6];
    const value = (params: object) => evaluate(record, s1, s2, { ...params }).value;

    it('is implied by the one parameter that is given', () => {
      assert.equal(
        value({ sakoe_chiba_radius: 2 }),
        value({ global_constraint: 'sakoe_chiba', sakoe_chiba_radius: 2 }),
      );
      assert.equal(value({ itakura_max_slope: 3 }), value({ global_constraint: 'itakura', itakura_max_slope: 3 }));
    });
    it('has radius 1 or slope 2 if only named', () => {
      assert.equal(value({ global_constraint: 'sakoe_chiba' }), value({ sakoe_chiba_radius: 1 }));
      assert.equal(value({ global_constraint: 'itakura' }), value({ itakura_max_slope: 2 }));
    });
    it('is the named one if both parameters are given', () => {
      const both = { sakoe_chiba_radius: 0, itakura_max_slope: 3 };
      assert.equal(value({ ...both, global_constraint: 'itakura' }), value({ itakura_max_slope: 3 }));
      assert.equal(value({ ...both, global_constraint: 'sakoe_chiba' }), value({ sakoe_chiba_radius: 0 }));
    });
    it('is none if all are null, and no band if the radius covers everything', () => {
      assert.equal(value(none), value({}));
      assert.equal(value({ sakoe_chiba_radius: 7 }), value({}));
    });

    const refused: readonly [what: string, params: object, path: string, message: RegExp][] = [
      [
        'both parameters without a name',
        { sakoe_chiba_radius: 1, itakura_max_slope: 2 },
        'global_constraint',
        /choose one/,
      ],
      ['a negative radius', { sakoe_chiba_radius: -1 }, 'sakoe_chiba_radius', /0/],
      ['a radius that is not whole', { sakoe_chiba_radius: 1.5 }, 'sakoe_chiba_radius', /int/],
      ['a radius of NaN', { sakoe_chiba_radius: Number.NaN }, 'sakoe_chiba_radius', /NaN/],
      ['a slope below 1', { itakura_max_slope: 0.99 }, 'itakura_max_slope', /1/],
      ['an infinite slope', { itakura_max_slope: Infinity }, 'itakura_max_slope', /./],
      ['a text for a slope', { itakura_max_slope: '2' }, 'itakura_max_slope', /number/],
      ['an unknown name', { global_constraint: 'sakoe-chiba' }, 'global_constraint', /sakoe_chiba/],
    ];
    for (const [what, params, path, message] of refused) {
      it(`refuses ${what}`, () => {
        assert.throws(() => value(params), { name: 'InvalidInput', path: [path], message });
      });
    }
    it('refuses an infeasible slope with the smallest feasible one', () => {
      assert.throws(() => evaluate(record, s1, [...s1, ...s1, ...s1], { itakura_max_slope: 1.5 }), {
        code: 'infeasible_constraint',
        path: ['itakura_max_slope'],
        message: /smallest feasible itakura_max_slope is \d/,
      });
    });
  });
}

function maskOf(n: number, m: number, band: Band | undefined): Mask {
  const inside = (i: number, j: number) => !band || (band.lo[i] <= j && j <= band.hi[i]);
  return Array.from({ length: n }, (_, i) => Array.from({ length: m }, (_, j) => inside(i, j)));
}

/** tslearn's njit_sakoe_chiba_mask, line by line. */
function sakoeChibaMask(sz1: number, sz2: number, radius: number): Mask {
  const mask = emptyMask(sz1, sz2);
  if (sz1 > sz2) {
    const width = sz1 - sz2 + radius;
    for (let i = 0; i < sz2; i++) {
      for (let row = Math.max(0, i - radius); row < Math.min(sz1, i + width + 1); row++)
        (mask[row] as boolean[])[i] = true;
    }
  } else {
    const width = sz2 - sz1 + radius;
    for (let i = 0; i < sz1; i++)
      (mask[i] as boolean[]).fill(true, Math.max(0, i - radius), Math.min(sz2, i + width + 1));
  }
  return mask;
}

/** tslearn's njit_itakura_mask, line by line, and the check that follows it: undefined where a row or a column is empty. */
function itakuraMask(sz1: number, sz2: number, slope: number): Mask | undefined {
  const minSlope = (1 / slope) * (sz1 / sz2);
  const maxSlope = slope * (sz1 / sz2);
  const mask = emptyMask(sz1, sz2);
  for (let i = 0; i < sz2; i++) {
    const lower = [minSlope * i, sz1 - 1 - maxSlope * (sz2 - 1) + maxSlope * i].map(round2);
    const upper = [maxSlope * i, sz1 - 1 - minSlope * (sz2 - 1) + minSlope * i].map(round2);
    const [from, to] = [Math.ceil(Math.max(...lower)), Math.floor(Math.min(...upper) + 1)];
    for (let row = from; row < Math.min(to, sz1); row++) (mask[row] as boolean[])[i] = true;
  }
  const full = mask.every((row) => row.includes(true)) && mask[0]?.every((_, j) => mask.some((row) => row[j]));
  return full ? mask : undefined;
}

/** numpy's round(x, 2): half to even, by the number that float64 rounds to an integer. */
function round2(x: number): number {
  const magic = 1.5 * 2 ** 52;
  return (x * 100 + magic - magic) / 100;
}

const emptyMask = (n: number, m: number): Mask => Array.from({ length: n }, () => new Array<boolean>(m).fill(false));

function forAllLengths(check: (n: number, m: number) => void): void {
  for (let n = 1; n < 25; n++) for (let m = 1; m < 25; m++) check(n, m);
}

/** The message of the error, or nothing if there is none. */
function refusal(run: () => unknown): string {
  try {
    run();
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}
