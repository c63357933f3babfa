import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { barycenter, dtw, softDtw } from '../../../src/core/index.ts';
import { lbfgs } from '../../../src/core/operations/barycenter/lbfgs.ts';
import { generic } from '../../support/arbitraries.ts';
import { closeTo, type Numbers } from '../../support/close-to.ts';

/** Three series of d values, of unequal lengths. */
const datasets = fc.integer({ min: 1, max: 2 }).chain((d) =>
  fc.array(fc.array(fc.array(generic, { minLength: d, maxLength: d }), { minLength: 2, maxLength: 9, size: 'max' }), {
    minLength: 3,
    maxLength: 3,
  }),
);

describe('barycenters', () => {
  it('have a loss that more iterations do not raise, and that is the mean of the squared distances', () => {
    fc.assert(
      fc.property(datasets, fc.constantFrom('majorize-minimize', 'petitjean'), (dataset, method) => {
        const after = (max_iter: number) => barycenter('dtw', dataset, { method, max_iter, tol: 0 });
        const [none, one, many] = [after(0), after(1), after(9)];
        assert.ok(one.loss <= none.loss * (1 + 1e-9) + 1e-12 && many.loss <= one.loss * (1 + 1e-9) + 1e-12);
        const mean = dataset.reduce((sum, s) => sum + dtw(many.barycenter as number[], s) ** 2, 0) / dataset.length;
        closeTo(many.loss, mean, { relative: 1e-9, absolute: 1e-12 });
      }),
      { numRuns: 60 },
    );
  });

  it('under soft-dtw are at a point where the gradient vanishes', () => {
    fc.assert(
      fc.property(datasets, (dataset) => {
        const { barycenter: x, loss } = barycenter('soft-dtw', dataset, { max_iter: 500, tol: 1e-12 });
        const at = (y: number[] | number[][]) => dataset.reduce((sum, s) => sum + softDtw(y, s), 0);
        closeTo(loss, at(x), { relative: 1e-9, absolute: 1e-9 });
        const moved = (x as (number | number[])[]).map((row) =>
          Array.isArray(row) ? row.map((v) => v + 1e-3) : row + 1e-3,
        ) as number[];
        assert.ok(at(moved) >= loss - 1e-9);
      }),
      { numRuns: 40 },
    );
  });

  it("under soft-dtw are no worse than tslearn's, at the default tolerance", () => {
    // scipy 1.17.1: minimize(loss, mean, method='L-BFGS-B', tol=1e-3, options={'maxiter': 50}), as softdtw_barycenter calls it.
    const losses: [dataset: number[][], gamma: number, loss: number][] = [
      [
        [
          [-0.203, -0.355, 0.33, -0.54, -2.054, -1.659],
          [-0.671, -2.591, -3.405, -3.873, -5.066, -6.558, -6.522, -5.624, -5.857, -6.601],
        ],
        0.1,
        21.548842331831047,
      ],
      [
        [
          [0.398, 0.301, 0.481, 0.164],
          [0.099, 0.135, 0.187, 0.047, -0.262, -0.352],
          [0.31, 0.582, 0.222, 0.41, 0.266, 0.404, 0.259, -0.182, 0.123, 0.258],
        ],
        0.1,
        -1.8441513225274848,
      ],
      [
        [
          [-0.674, -1.509, -2.884, 1.06, 1.774],
          [-1.007, -1.697, -0.05, -1.257, -0.309],
          [4.094, 7.598, 3.317, 2.834, 4.986, 3.631, 6.083, 7.101],
        ],
        1,
        123.02423926611738,
      ],
      [
        [
          [-0.086, 0.029, -0.516, -0.187, -0.136, 0.184, 0.498, 0.407],
          [-0.268, -0.893, -0.937, -0.896, -1.227, -1.019, -0.994],
        ],
        10,
        -199.76587273613336,
      ],
    ];
    for (const [dataset, gamma, loss] of losses) {
      const found = barycenter('soft-dtw', dataset, { gamma });
      assert.ok(found.converged && found.loss <= loss, `${found.loss} > ${loss}`);
    }
  });

  it('weigh a series of weight 2 like one that is there twice', () => {
    const [a, b] = [
      [1, 3, 2, 5],
      [0, 4, 4],
    ];
    for (const method of ['majorize-minimize', 'petitjean']) {
      const weighted = barycenter('dtw', [a, b], { method, weights: [2, 1], init: [1, 2, 3, 4] });
      const twice = barycenter('dtw', [a, a, b], { method, init: [1, 2, 3, 4] });
      closeTo(weighted.barycenter, twice.barycenter as Numbers, { relative: 1e-12 });
      closeTo(weighted.loss, twice.loss, { relative: 1e-12 });
    }
    // tslearn's subgradient ignores weights: they cancel.
    const towards = (weights: number[]) =>
      barycenter('dtw', [[0], [4]], { method: 'subgradient', weights, max_iter: 500 });
    closeTo(towards([3, 1]).barycenter, [1], { absolute: 0.05 });
  });

  it('have the steps and the form of init', () => {
    assert.deepEqual(barycenter('dtw', [[1, 2]], { init: [[0], [1], [2]], max_iter: 0 }).barycenter, [[0], [1], [2]]);
    assert.equal((barycenter('soft-dtw', [[1, 2]], { barycenter_size: 5 }).barycenter as number[]).length, 5);
  });

  it('honour constraints', () => {
    const dataset = [
      [0, 0, 0, 1, 0, 0],
      [0, 1, 0, 0, 0, 0],
    ];
    const init = [0, 0, 1, 0, 0, 0];
    assert.deepEqual(barycenter('dtw', dataset, { init }).barycenter, init);
    const tied = barycenter('dtw', dataset, { init, sakoe_chiba_radius: 0 });
    assert.deepEqual(tied.barycenter, [0, 0.5, 0, 0.5, 0, 0]);
  });
});

describe('L-BFGS', () => {
  it("finds the minimum of Rosenbrock's valley", () => {
    const { x, converged } = lbfgs(
      ([a = 0, b = 0]) => ({
        value: (1 - a) ** 2 + 100 * (b - a * a) ** 2,
        gradient: Float64Array.of(-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)),
      }),
      Float64Array.of(-1.2, 1),
      200,
      1e-12,
    );
    assert.ok(converged);
    closeTo(x, [1, 1], { absolute: 1e-5 });
  });

  it('does not look for a decrease that rounding hides', () => {
    let looks = 0;
    const { x } = lbfgs(
      (at) => {
        looks++;
        // A sum of many values is off by about as much, now up, now down.
        const rounding = 1e-10 * Math.sin(1e9 * (at[0] as number));
        const value = at.reduce((sum, a, k) => sum + (k + 1) * Math.cosh(a - 1), 1e6) + rounding;
        return { value, gradient: at.map((a, k) => (k + 1) * Math.sinh(a - 1)) };
      },
      new Float64Array(8),
      1000,
      0,
    );
    closeTo(x, new Array<number>(8).fill(1), { absolute: 1e-4 });
    assert.ok(looks < 40, `${looks}`);
  });

  it('stays at a point with gradient 0, and says so', () => {
    const start = Float64Array.of(0);
    assert.deepEqual(
      lbfgs(() => ({ value: 1, gradient: Float64Array.of(0) }), start, 9, 1e-9),
      { x: start, value: 1, iterations: 0, converged: true },
    );
  });
});
