import { allowedCells } from './band.ts';
import { bestAlignment, type Judge, type Params } from './judge.ts';
import { chebyshev, euclidean, localCost, manhattan, type Step, squared } from './local-costs.ts';
import { forEachChain, forEachPath, type Move } from './paths.ts';

// Each metric as its paper defines it, and nothing shared with src. Where an entry departs from the paper, the metric's documentation says so.

type Series = readonly Step[];
type Cost = (move: Move, x: Series, y: Series, params: Params) => number;

const at = (s: Series, i: number): Step => s[i] as Step;
const channels = (s: Series): Series[] => at(s, 0).map((_, k) => s.map((step) => [step[k]]));
const pairCost =
  (cost: (x: Step, y: Step, params: Params) => number): Cost =>
  ({ i, j }, x, y, params) =>
    cost(at(x, i), at(y, j), params);

/** Keogh and Pazzani, 2001: the mean of the slope to the step before and of the slope across the step. */
const slopes = (s: Series): Series =>
  s.slice(1, -1).map((step, k) =>
    step.map((value, c) => {
      const [before, after] = [at(s, k)[c] as number, at(s, k + 2)[c] as number];
      return (value - before + (after - before) / 2) / 2;
    }),
  );

/** Jeong, Jeong and Omitaomu, 2011: logistic weights by the distance in time, of largest weight 1. */
const weighted: Cost = ({ i, j }, x, y, { g }) => {
  const half = Math.max(x.length, y.length) / 2;
  return squared(at(x, i), at(y, j)) / (1 + Math.exp(-g * (Math.abs(i - j) - half)));
};

/** Chen and Ng, 2004: a step that is left out, on the border too, costs its distance to g. */
const erpCost: Cost = ({ i, j, from }, x, y, { g }) => {
  const gap = (step: Step) =>
    euclidean(
      step,
      step.map((_, k) => (typeof g === 'number' ? g : g[k])),
    );
  if (from === 'diagonal') return euclidean(at(x, i), at(y, j));
  return from === 'up' ? gap(at(x, i)) : gap(at(y, j));
};

/** Chen, Özsu and Oria, 2005: steps within epsilon in every channel match for nothing; everything else costs 1. */
const edrCost: Cost = ({ i, j, from }, x, y, { epsilon }) => {
  const within = epsilon ?? Math.max(deviation(x), deviation(y)) / 4;
  return from === 'diagonal' && chebyshev(at(x, i), at(y, j)) <= within ? 0 : 1;
};

function deviation(s: Series): number {
  const values = s.flat();
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Stefan, Athitsos and Das, 2013, for one value; for several, a ball in place of the interval and squared distances. */
const msmCost: Cost = ({ i, j, from }, x, y, { c, independent }) => {
  const absolute = independent || at(x, 0).length === 1;
  const distance = absolute ? manhattan : squared;
  if (from === 'diagonal') return distance(at(x, i), at(y, j));
  // What is split or merged, the step before it in its own series, and the step of the other series.
  const [value, before, other] = from === 'up' ? [at(x, i), x[i - 1], at(y, j)] : [at(y, j), y[j - 1], at(x, i)];
  if (before === undefined) return Infinity;
  const middle = before.map((a, k) => (a + other[k]) / 2);
  const isBetween = absolute
    ? Math.min(before[0], other[0]) <= value[0] && value[0] <= Math.max(before[0], other[0])
    : 4 * squared(middle, value) <= squared(before, other);
  return isBetween ? c : c + Math.min(distance(value, before), distance(value, other));
};

/** Marteau, 2009: steps are time stamps, and both series begin with a step of zeros at time -1, which only a match leaves. */
const tweCost: Cost = ({ i, j, from }, x, y, { nu, lmbda }) => {
  const before = (s: Series, k: number) => s[k - 1] ?? at(s, 0).map(() => 0);
  if (from === 'up') return euclidean(at(x, i), before(x, i)) + nu + lmbda;
  if (from === 'left') return euclidean(at(y, j), before(y, j)) + nu + lmbda;
  const inTime = nu * Math.abs(i - j) + nu * Math.abs(i - 1 - (j - 1));
  return euclidean(at(x, i), at(y, j)) + euclidean(before(x, i), before(y, j)) + inTime;
};

/** Cuturi, 2011: the sum over all alignments of the product of g / (2 - g). As a cost: minus its logarithm. */
const gakCost: Cost = ({ i, j }, x, y, { sigma }) => {
  const g = Math.exp(-squared(at(x, i), at(y, j)) / (2 * sigma ** 2));
  return -Math.log(g / (2 - g));
};
const sumOfProducts = (costs: readonly number[]): number => costs.reduce((sum, cost) => sum + Math.exp(-cost), 0);

/** Vlachos, Gunopulos and Kollios, 2002: the most pairs within eps, and within the band, that go forward in both series. */
const lcss: Judge = (x, y, params) => {
  const cost = localCost(params, euclidean);
  const inBand = allowedCells(x.length, y.length, params);
  const matches = (i: number, j: number) => inBand(i, j) && cost(at(x, i), at(y, j)) <= params.eps;
  let most = 0;
  forEachChain(x.length, y.length, matches, (chain) => {
    most = Math.max(most, chain.length);
  });
  const share = (pairs: number) => pairs / Math.min(x.length, y.length);
  let possible = false;
  forEachPath(x.length, y.length, inBand, false, () => {
    possible = true;
  });
  if (!possible) return undefined;
  return {
    value: share(most),
    valueAlong: (path) => (path.every(([i, j]) => matches(i, j)) ? share(path.length) : undefined),
  };
};

/** Zhao and Itti, 2018: of the paths that align the steps' surroundings best, what the one that ties prefer costs in the steps themselves. */
const shapeDtw: Judge = (x, y, params) => {
  const { reach } = params;
  const around = (s: Series, i: number): Step =>
    Array.from({ length: 2 * reach + 1 }, (_, k) => at(s, Math.min(s.length - 1, Math.max(0, i - reach + k)))).flat();
  const sum = (path: readonly Move[], cost: (i: number, j: number) => number) =>
    path.reduce((total, { i, j }) => total + cost(i, j), 0);
  const itself = (path: readonly Move[]) => sum(path, (i, j) => squared(at(x, i), at(y, j)));
  let best: { shape: number; key: string; value: number } | undefined;
  forEachPath(x.length, y.length, allowedCells(x.length, y.length, params), false, (path) => {
    const shape = sum(path, (i, j) => squared(around(x, i), around(y, j)));
    // Ties go to the diagonal, then up, then left, decided from the end: the order of these letters.
    const key = path
      .map(({ from }) => ({ diagonal: 'a', up: 'b', left: 'c' })[from])
      .reverse()
      .join('');
    const ties = best !== undefined && Math.abs(shape - best.shape) <= 1e-12 * best.shape;
    if (best === undefined || (ties ? key < best.key : shape < best.shape)) best = { shape, key, value: itself(path) };
  });
  return best && { value: best.value };
};

/** The judge of every metric that is defined by alignments, under its name. */
export const judges: Readonly<Record<string, Judge>> = {
  adtw: bestAlignment({
    cost: ({ i, j, from }, x, y, { warp_penalty }) =>
      squared(at(x, i), at(y, j)) + (from === 'diagonal' ? 0 : warp_penalty),
  }),
  ddtw: bestAlignment({ steps: slopes, cost: pairCost(squared) }),
  dtw: bestAlignment({
    cost: pairCost((x, y, params) => localCost(params, squared)(x, y)),
    value: (raw, x, y, { metric }) => (metric === null ? Math.sqrt(raw(x, y)) : raw(x, y)),
  }),
  'dtw-independent': bestAlignment({ cost: pairCost(squared), value: summedOverChannels }),
  // Zhang and others, 2017: the paths of no more cells than `max_length`.
  'dtw-limited-warping-length': bestAlignment({
    cost: pairCost(squared),
    admits: (path, { max_length }) => max_length === null || path.length <= max_length,
    value: (raw, x, y) => Math.sqrt(raw(x, y)),
  }),
  edr: bestAlignment({
    border: true,
    cost: edrCost,
    value: (raw, x, y) => raw(x, y) / Math.max(x.length, y.length),
  }),
  erp: bestAlignment({ border: true, cost: erpCost }),
  frechet: bestAlignment({
    cost: pairCost((x, y, params) => localCost(params, euclidean)(x, y)),
    dearest: true,
  }),
  gak: bestAlignment({
    cost: gakCost,
    over: sumOfProducts,
    value: (raw, x, y) => raw(x, y) / Math.sqrt(raw(x, x) * raw(y, y)),
  }),
  lcss,
  msm: bestAlignment({
    cost: msmCost,
    value: (raw, x, y, { independent }) => (independent ? summedOverChannels(raw, x, y) : raw(x, y)),
  }),
  'shape-dtw': shapeDtw,
  'soft-dtw': bestAlignment({ cost: pairCost((x, y, params) => localCost(params, squared)(x, y)) }),
  'soft-dtw-normalized': bestAlignment({
    cost: pairCost(squared),
    value: (raw, x, y) => raw(x, y) - (raw(x, x) + raw(y, y)) / 2,
  }),
  twe: bestAlignment({ cost: tweCost }),
  'unnormalized-gak': bestAlignment({ cost: gakCost, over: sumOfProducts }),
  wddtw: bestAlignment({ steps: slopes, cost: weighted }),
  wdtw: bestAlignment({ cost: weighted }),
};

function summedOverChannels(raw: (x: Series, y: Series) => number, x: Series, y: Series): number {
  const others = channels(y);
  return channels(x).reduce((sum, channel, k) => sum + raw(channel, others[k] as Series), 0);
}
