import assert from 'node:assert/strict';
import { closeTo, type Numbers } from '../support/close-to.ts';
import type { Kind } from './kind.ts';

// What holds for the results of operations that only some metrics have.

export const checkMatch: Kind['check'] = ({ matches: [match] }, { value, path }) => {
  closeTo(match.value, value as number, { relative: 1e-9 });
  assert.deepEqual(match.path, path);
};

/** tslearn answers the whole matrix of accumulated costs; the best match ends where its last row is least. */
export const checkEnd: Kind['check'] = ({ matches: [match] }, { value }) => {
  const last = (value as number[][]).at(-1) as number[];
  closeTo(match.value, Math.sqrt(Math.min(...last)), { relative: 1e-9 });
  assert.equal(match.end, last.indexOf(Math.min(...last)));
};

/** Without the row of zeros. */
export const checkSubsequencePath: Kind['check'] = ({ path }, expected) =>
  assert.deepEqual(
    path.filter(([i]: number[]) => i !== 0).map(([i, j]: [number, number]) => [i - 1, j]),
    expected.path,
  );

export const checkBound: Kind['check'] = ({ value }, expected) =>
  closeTo(value, expected.value as number, { relative: 1e-9 });

export const checkEnvelope: Kind['check'] = ({ envelope }, { envelope_down, envelope_up }) => {
  assert.deepEqual(envelope.lower.flat(), envelope_down?.flat());
  assert.deepEqual(envelope.upper.flat(), envelope_up?.flat());
};

/** The distance of the first two series; the symbols themselves are the library's to answer: test/core/tslearn/sax-transform.test.ts. */
export const checkWords: Kind['check'] = ({ value }, { distance_01 }) =>
  closeTo(value, distance_01 as number, { relative: 1e-9 });

export const checkBandwidth: Kind['check'] = ({ sigma, gamma }, { value }) =>
  closeTo(sigma ?? gamma, value as number, { relative: 1e-9 });

export const checkBarycenter: Kind['check'] = ({ barycenter }, { value }) =>
  closeTo(barycenter, value as Numbers, { relative: 1e-9, absolute: 1e-9 });

export const checkSoftBarycenter: Kind['check'] = ({ barycenter, loss }, expected) => {
  closeTo(loss, expected.loss as number, { relative: 1e-7, absolute: 1e-7 });
  closeTo(barycenter.flat(), (expected.value as number[][]).flat(), { absolute: 1e-3 });
};
