/** The families in which metrics are offered. One that is not named here comes last. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  'Time stretches': [
    'dtw',
    'ddtw',
    'wdtw',
    'wddtw',
    'adtw',
    'shape-dtw',
    'dtw-independent',
    'dtw-limited-warping-length',
    'ctw',
    'frechet',
  ],
  'Soft and kernels': ['soft-dtw', 'soft-dtw-normalized', 'gak', 'unnormalized-gak'],
  Edits: ['erp', 'edr', 'lcss', 'msm', 'twe'],
  'Moved as a whole': ['sbd', 'normalized-cc', 'shift-scale-invariant'],
  'Step by step': ['euclidean', 'squared', 'manhattan', 'minkowski'],
  'Symbols of segments': ['sax'],
};

const OTHERS = 'Others';

/** The group of a metric. */
export const groupOf = (name: string): string =>
  Object.entries(GROUPS).find(([, names]) => names.includes(name))?.[0] ?? OTHERS;

/** Metrics by group, in the order of the groups. */
export function grouped<M extends { readonly name: string }>(metrics: readonly M[]): [group: string, metrics: M[]][] {
  return [...Object.keys(GROUPS), OTHERS]
    .map((group): [string, M[]] => {
      const order = GROUPS[group] ?? [];
      const members = metrics.filter(({ name }) => groupOf(name) === group);
      return [group, members.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name))];
    })
    .filter(([, members]) => members.length > 0);
}
