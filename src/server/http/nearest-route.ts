import { type Extra, nearestName, metrics as records } from '../../core/server-door.ts';

/** Words in the paths of other services and the functions of other libraries that add nothing to ours. */
const NOISE: ReadonlySet<string> = new Set([
  'api',
  'v1',
  'v2',
  'metrics',
  'metric',
  'distance',
  'distances',
  'evaluate',
  'compute',
  'similarity',
  'value',
  'pair',
  'json',
  'npy',
  'npz',
]);

/** Words that the full names of metrics may lack. */
const LITTLE: ReadonlySet<string> = new Set(['a', 'and', 'on', 'with']);

/** Other names of our metrics, beside their full names. */
const METRICS: Readonly<Record<string, string>> = {
  fastdtw: 'dtw',
  dtwd: 'dtw',
  dtwdependent: 'dtw',
  dependentdtw: 'dtw',
  dtwi: 'dtw-independent',
  ldtw: 'dtw-limited-warping-length',
  sdtw: 'soft-dtw',
  softdtwdivergence: 'soft-dtw-normalized',
  softdtwloss: 'soft-dtw',
  frechetdiscrete: 'frechet',
  ncc: 'normalized-cc',
  crosscorrelation: 'normalized-cc',
  cityblock: 'manhattan',
  l1: 'manhattan',
  l2: 'euclidean',
  sqeuclidean: 'squared',
};

/** Other names of our operations. */
const OPERATIONS: Readonly<Record<string, string>> = {
  pairwise: 'cdist',
  matrix: 'cdist',
  knn: 'neighbors',
  neighbours: 'neighbors',
  kneighbors: 'neighbors',
  nearest: 'neighbors',
  averaging: 'barycenter',
  average: 'barycenter',
  barycentre: 'barycenter',
  dba: 'barycenter',
  mean: 'barycenter',
  search: 'subsequence',
  lbkeogh: 'lower-bound',
  keogh: 'lower-bound',
  lb: 'lower-bound',
  envelope: 'lower-bound',
  self: 'cdist',
  batch: 'pairs',
  '1nn': 'neighbors',
  sigma: 'bandwidth',
  gamma: 'bandwidth',
};

/** Other names of whole routes: tslearn's functions, and paths that probes and tools try. */
const WHOLE: Readonly<Record<string, string>> = {
  lbkeogh: '/dtw/lower-bound',
  lbenvelope: '/dtw/lower-bound',
  sigmagak: '/gak/bandwidth',
  gammasoftdtw: '/soft-dtw/bandwidth',
  dba: '/dtw/barycenter',
  health: '/livez',
  healthz: '/livez',
  ping: '/livez',
  status: '/readyz',
  ready: '/readyz',
  openapi: '/openapi.json',
  openapiyaml: '/openapi.json',
  swagger: '/docs',
  swaggerjson: '/openapi.json',
  redoc: '/docs',
  list: '/capabilities',
};

/** Words for what is a query flag here. */
const FLAGS: Readonly<Record<string, Extra>> = {
  path: 'path',
  alignment: 'alignment',
  grad: 'grad',
  gradient: 'grad',
};

/** A longer path is not a typo. */
const LONGEST = 100;

/**
 * What to request instead of a path that is not a route: the one with the same letters; our name for what another library calls it; the nearest
 * metric with the nearest operation, in any order; or the nearest route of all. Undefined if nothing is close.
 *
 * @param routes each route's path, and its method
 */
export function routeAdvice(path: string, routes: ReadonlyMap<string, string>): string | undefined {
  if (path.length > LONGEST) return undefined;
  const paths = [...routes.keys()];
  const letters = wordsOf(path).join('');
  const named = paths.find((route) => wordsOf(route).join('') === letters) ?? WHOLE[letters];
  const known = named !== undefined && routes.has(named) ? named : undefined;
  if (known === undefined) return adviceByParts(path, routes) ?? meant(nearestName(path, paths), routes);
  return meant(known, routes);
}

const meant = (path: string | undefined, routes: ReadonlyMap<string, string>, query = ''): string | undefined =>
  path && `did you mean ${routes.get(path)} ${path}${query}?`;

/** Looks for a metric, an operation and a flag among the words of a path. */
function adviceByParts(path: string, routes: ReadonlyMap<string, string>): string | undefined {
  const parts = [...routes.keys()].map((route) => route.slice(1).split('/'));
  const metrics = parts.filter(([, operation]) => operation === 'cdist').map(([metric = '']) => metric);
  const operations = new Set(parts.filter(([metric = '']) => metrics.includes(metric)).flatMap(([, one = []]) => one));
  const { metric: named, own, operation, flag } = meaningOf(path, [...operations]);
  if (named === undefined && own.length === 0) return operation && `name a metric first, as in POST /dtw/${operation}`;
  const metric = named ?? METRICS[own.join('')] ?? nearestName(own.join('-'), metrics);
  if (metric === undefined || (named !== undefined && own.length > 0)) {
    const first = named ?? nearestName(path.split('/')[1] ?? '', metrics);
    return (
      first &&
      `the routes of ${first} are ${[...routes.keys()].filter((one) => one.split('/')[1] === first).join(', ')}`
    );
  }
  if (operation === undefined) return withFlag(metric, flag, routes);
  const route = `/${metric}/${operation}`;
  if (routes.has(route)) return meant(route, routes);
  const able = metrics.filter((one) => routes.has(`/${one}/${operation}`)).map((one) => `/${one}/${operation}`);
  return `${metric} does not support ${operation}; use one of ${able.join(', ')}`;
}

/** A pair of a metric with a flag; what other libraries call an alignment is its path, where it is not soft. */
function withFlag(metric: string, flag: Extra | undefined, routes: ReadonlyMap<string, string>): string | undefined {
  const gives = records.find(({ name }) => name === metric)?.gives ?? [];
  const found = flag === 'alignment' && !gives.includes(flag) ? 'path' : flag;
  const advice = meant(`/${metric}`, routes, found && gives.includes(found) ? `?${found}=true` : '');
  return found && !gives.includes(found) ? `${advice} It does not support ${found}` : advice;
}

/** The metric that a part of a path names in full, the operation and the flag that words mean, and the remaining words, for a metric. */
function meaningOf(path: string, operations: readonly string[]) {
  let metric: string | undefined;
  let operation: string | undefined;
  let flag: Extra | undefined;
  const own: string[] = [];
  for (const part of path
    .replace(/lower[-_]?bound/i, 'lowerbound')
    .replace(/lb[-_]keogh/i, 'lbkeogh')
    .split('/')) {
    const inFull = metric ?? FULL_NAMES.get(lettersOf(part));
    if (inFull !== metric) {
      metric = inFull;
      continue;
    }
    for (const word of wordsOf(part)) {
      const found = OPERATIONS[word] ?? nearestName(word, operations);
      if (found !== undefined) operation ??= found;
      else if (FLAGS[word] !== undefined) flag = FLAGS[word];
      else if (!NOISE.has(word)) own.push(word);
    }
  }
  return { metric, own, operation, flag };
}

/** The words of a readable path, with any separator, without accents. */
function wordsOf(path: string): string[] {
  return decodeURIComponent(path)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/** A name without the words that say little. */
function lettersOf(name: string): string {
  return wordsOf(name)
    .filter((word) => !NOISE.has(word) && !LITTLE.has(word))
    .join('');
}

/** The metrics by their full names, such as "Weighted dynamic time warping", which is also "weighted dtw". */
const FULL_NAMES: ReadonlyMap<string, string> = new Map(
  records.flatMap(({ name, title }) =>
    [title, title.toLowerCase().replace('dynamic time warping', 'dtw')].map((one) => [lettersOf(one), name]),
  ),
);
