import assert from 'node:assert/strict';
import { toleranceOf } from '../support/backend-tolerance.ts';
import { closeTo, largest, type Numbers } from '../support/close-to.ts';
import { assertAccumulated } from './cost-matrices.ts';
import type { Kind } from './kind.ts';

// What holds for the results for pairs and matrices.

export const checkValue: Kind['check'] = (answer, expected, run) => {
  assert.equal(answer.be, run.be);
  closeTo(answer.value, expected.value as number, toleranceOf(run).value);
};

export const checkPath: Kind['check'] = (answer, expected, run) => {
  if (expected.value !== undefined) checkValue(answer, expected, run);
  if (expected.path !== undefined) assert.deepEqual(answer.path, expected.path);
  assert.ok('value' in expected || 'path' in expected, 'nothing to compare');
};

export const checkShift: Kind['check'] = (answer, expected, run) => {
  if (expected.value !== undefined) checkValue(answer, expected, run);
  assert.deepEqual(moved(run.case.args.s2 as Numbers[], answer.shift), expected.shifted);
};

/** A series some steps later, zeros in the place of what is missing. */
function moved(series: Numbers[], shift: number | [number]): Numbers[] {
  const nothing = typeof series[0] === 'number' ? 0 : (series[0] as Numbers[]).map(() => 0);
  return series.map((_, i) => series[i - Number(shift)] ?? nothing);
}

export const checkAlignment: Kind['check'] = (answer, expected, run) => {
  checkValue(answer, expected, run);
  closeTo(answer.alignment, expected.alignment as number[][], toleranceOf(run).share, 'alignment');
};

export const checkGradient: Kind['check'] = (answer, expected, run) => {
  checkValue(answer, expected, run);
  // Where two paths tie, PyTorch may follow the other one: both are subgradients, and laws.test.ts holds ours to our path.
  if (run.case.tags.includes('nonsmooth_tie')) return;
  const { relative, absolute, ofLargest } = toleranceOf(run).gradient;
  for (const s of ['s1', 's2'] as const) {
    const gradient = expected[`grad_${s}`];
    if (gradient === undefined) {
      assert.equal(answer.gradient[s], undefined);
      continue;
    }
    const tolerance = { relative, absolute: absolute + ofLargest * largest(gradient) };
    closeTo(answer.gradient?.[s], gradient, tolerance, `gradient of ${s}`);
  }
};

export const checkMatrix: Kind['check'] = (answer, expected, run) =>
  closeTo(answer.matrix, expected.value as number[][], toleranceOf(run).value, 'matrix');

export const checkAccumulated: Kind['check'] = (answer, { value }, { record, case: { args } }) =>
  assertAccumulated(record.name, answer, value as number[][], args);

/** tslearn multiplies any matrix with the Jacobian of the squared distances; with the soft alignment that is the gradient of soft-dtw. */
export const checkJacobian: Kind['check'] = ({ alignment, gradient }, { value }, { case: { args } }) => {
  closeTo(alignment, args.E as Numbers, { relative: 1e-6, absolute: 1e-9 }, 'alignment');
  closeTo(gradient.s1, value as Numbers, { relative: 1e-6, absolute: 1e-9 }, 'gradient of s1');
};
