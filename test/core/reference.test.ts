import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { bandwidth, barycenter, cdist, evaluate, InvalidInput, lowerBound, subsequence } from '../../src/core/index.ts';
import type { Question } from '../reference/kind.ts';
import { referenceTests } from '../reference/tests.ts';

/** The results of the operations behind the endpoints, without HTTP. */
const operations: Readonly<Record<Question['suffix'], (question: Question) => unknown>> = {
  '': ({ metric, body: { s1, s2, ...params }, flags }) => evaluate(metric, s1, s2, params, flags),
  '/cdist': ({ metric, body: { dataset1, dataset2, ...params } }) => cdist(metric, dataset1, dataset2, params),
  '/lower-bound': ({ metric, body: { s1, s2, ...params } }) => lowerBound(metric, s1, s2, params),
  '/subsequence': ({ metric, body: { query, series, ...params }, flags }) =>
    subsequence(metric, query, series, params, flags),
  '/bandwidth': ({ metric, body: { dataset, ...params } }) => bandwidth(metric, dataset, params),
  '/barycenter': ({ metric, body: { dataset, ...params } }) => barycenter(metric, dataset, params),
};

describe('reference values through the library', () => {
  referenceTests(
    (question) => operations[question.suffix](question),
    (error) => {
      assert.ok(error instanceof InvalidInput && error instanceof RangeError, String(error));
      assert.notEqual(error.path.length, 0, `no place is named: ${error.message}`);
    },
  );
});
