/** A metric of the bake-off and the parameters that it chooses among on the training series, in order. */
export interface Measure {
  /** As in the published table. */
  readonly name: string;
  readonly metric: string;
  readonly similarity?: boolean;
  readonly grid: (length: number, deviation: number) => Record<string, unknown>[];
}

/** The measures and the 100 settings of each that Lines and Bagnall (2015) chose from, and that the bake-off of 2017 adopted. */
export const measures: readonly Measure[] = [
  { name: 'Euclidean_1NN', metric: 'euclidean', grid: () => [{}] },
  { name: 'DTW_R1_1NN', metric: 'dtw', grid: () => [{}] },
  {
    name: 'DTW_Rn_1NN',
    metric: 'dtw',
    grid: (length) => range(100).map((w) => ({ sakoe_chiba_radius: Math.ceil((w * length) / 100) })),
  },
  { name: 'DDTW_R1_1NN', metric: 'ddtw', grid: () => [{}] },
  { name: 'WDTW_1NN', metric: 'wdtw', grid: () => range(100).map((k) => ({ g: k / 100 })) },
  { name: 'WDDTW_1NN', metric: 'wddtw', grid: () => range(100).map((k) => ({ g: k / 100 })) },
  {
    name: 'LCSS_1NN',
    metric: 'lcss',
    similarity: true,
    grid: (length, deviation) =>
      pairs(spread(0, Math.floor(length / 4), 10), spread(deviation / 5, deviation, 10), (delta, eps) => ({
        eps,
        sakoe_chiba_radius: Math.floor(delta),
      })),
  },
  {
    name: 'ERP_1NN',
    metric: 'erp',
    grid: (length, deviation) =>
      pairs(spread(0, 0.25, 10), spread(0.2 * deviation, deviation, 10), (band, g) => ({
        g,
        sakoe_chiba_radius: Math.ceil(band * length),
      })),
  },
  {
    name: 'MSM_1NN',
    metric: 'msm',
    grid: () => [...spread(0.01, 0.1, 25), ...[1, 10, 100].flatMap(quarters)].map((c) => ({ c })),
  },
  {
    name: 'TWE_1NN',
    metric: 'twe',
    grid: () =>
      pairs([1e-5, 1e-4, 5e-4, 1e-3, 5e-3, 0.01, 0.05, 0.1, 0.5, 1], spread(0, 0.1, 10), (nu, lmbda) => ({
        nu,
        lmbda,
      })),
  },
];

const range = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

/** Evenly spaced from the first to the last, both inclusive. */
const spread = (first: number, last: number, count: number): number[] =>
  range(count).map((k) => first + ((last - first) * k) / (count - 1));

/** The 25 steps up to a power of ten, after the previous power. */
const quarters = (top: number): number[] => spread(top / 10, top, 26).slice(1);

const pairs = <A, B, C>(as: readonly A[], bs: readonly B[], join: (a: A, b: B) => C): C[] =>
  as.flatMap((a) => bs.map((b) => join(a, b)));
