import { prefixBody, subsequenceBody } from './cost-matrices.ts';
import type { Kind } from './kind.ts';
import {
  checkBandwidth,
  checkBarycenter,
  checkBound,
  checkEnd,
  checkEnvelope,
  checkMatch,
  checkSoftBarycenter,
  checkSubsequencePath,
  checkWords,
} from './operation-checks.ts';
import {
  checkAccumulated,
  checkAlignment,
  checkGradient,
  checkJacobian,
  checkMatrix,
  checkPath,
  checkShift,
  checkValue,
} from './pair-checks.ts';

/** The loss has several minima: from the mean another one may be found, but tslearn's is one here too. */
const softStarts: Kind['bodies'] = (args, { value }, tags) =>
  (tags.includes('other minimum') ? [{ init: value }] : [{ init: value }, {}]).map((start) => ({
    ...args,
    ...start,
    max_iter: 2000,
    tol: 1e-12,
  }));

/** Each step as a series of its own. */
const oneStepEach = (series: unknown): unknown[] => (series as unknown[]).map((step) => [step]);

const firstTwo = (dataset: unknown) => {
  const [s1, s2] = dataset as unknown[];
  return { s1, s2 };
};

/** What a fixture's function stands for: the first whose pattern fits. */
export const kinds: readonly [pattern: RegExp, kind: Kind][] = [
  [/^cdist_/, { suffix: '/cdist', check: checkMatrix }],
  [/_grad$|^SoftDTW$/, { suffix: '', flags: { grad: true }, check: checkGradient }],
  [
    /(?<!subsequence)_(cost|accumulated)_matrix$/,
    { suffix: '/cdist', bodies: (args, expected) => [prefixBody(args, expected)], check: checkAccumulated },
  ],
  [
    /^SquaredEuclidean.compute$/,
    {
      suffix: '/cdist',
      bodies: ({ X, Y }) => [{ dataset1: oneStepEach(X), dataset2: oneStepEach(Y) }],
      check: checkMatrix,
    },
  ],
  [
    /^SquaredEuclidean.jacobian_product$/,
    {
      suffix: '',
      flags: { grad: true, alignment: true },
      bodies: ({ X: s1, Y: s2, gamma }) => [{ s1, s2, gamma }],
      check: checkJacobian,
    },
  ],
  [
    /^dtw_subsequence_path$/,
    {
      suffix: '/subsequence',
      flags: { path: true },
      bodies: ({ subseq, longseq }) => [{ query: subseq, series: longseq }],
      check: checkMatch,
    },
  ],
  [
    /^subsequence_cost_matrix$/,
    {
      suffix: '/subsequence',
      bodies: ({ subseq, longseq }) => [{ query: subseq, series: longseq }],
      check: checkEnd,
    },
  ],
  [
    /^subsequence_path$/,
    {
      suffix: '',
      flags: { path: true },
      bodies: ({ acc_cost_mat, idx_path_end }) => [subsequenceBody(acc_cost_mat, idx_path_end)],
      check: checkSubsequencePath,
    },
  ],
  [/^y_shifted|_best_shift$/, { suffix: '', check: checkShift }],
  [/_path(_from_metric)?$/, { suffix: '', flags: { path: true }, check: checkPath }],
  [/_alignment$/, { suffix: '', flags: { alignment: true }, check: checkAlignment }],
  [
    /^lb_keogh$/,
    {
      suffix: '/lower-bound',
      bodies: ({ ts_query: s1, ts_candidate: s2, radius }) => [{ s1, s2, radius }],
      check: checkBound,
    },
  ],
  [
    /^lb_envelope$/,
    { suffix: '/lower-bound', bodies: ({ ts, radius }) => [{ s1: ts, s2: ts, radius }], check: checkEnvelope },
  ],
  [
    /^sax_transform$/,
    { suffix: '', bodies: ({ dataset, ...args }) => [{ ...args, ...firstTwo(dataset) }], check: checkWords },
  ],
  [
    /^sigma_gak$|^gamma_soft_dtw$/,
    {
      suffix: '/bandwidth',
      bodies: ({ dataset, n_samples, random_state }) => [{ dataset, n_samples, random_state }],
      check: checkBandwidth,
    },
  ],
  [/^softdtw_barycenter$/, { suffix: '/barycenter', bodies: softStarts, check: checkSoftBarycenter }],
  [/barycenter/, { suffix: '/barycenter', check: checkBarycenter }],
  [/./, { suffix: '', check: checkValue }],
];
