import { nearestName } from '../../core/server-door.ts';

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
  'pair',
]);

/** Other names of our metrics. */
const METRICS: Readonly<Record<string, string>> = {
  fastdtw: 'dtw',
  dtwd: 'dtw',
  dtwi: 'dtw-independent',
  ldtw: 'dtw-limited-warping-length',
  sdtw: 'soft-dtw',
  softdtwdivergence: 'soft-dtw-normalized',
  softdtwloss: 'soft-dtw',
  globalalignmentkernel: 'gak',
  longestcommonsubsequence: 'lcss',
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
  search: 'subsequence',
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
const FLAGS: Readonly<Record<string, string>> = {
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
  const { own, operation, flag } = meaningOf(path, [...operations]);
  if (own.length === 0) return operation && `name a metric first, as in POST /dtw/${operation}`;
  const metric = METRICS[own.join('')] ?? nearestName(own.join('-'), metrics);
  if (metric === undefined) {
    const first = nearestName(path.split('/')[1] ?? '', metrics);
    return (
      first &&
      `the routes of ${first} are ${[...routes.keys()].filter((one) => one.split('/')[1] === first).join(', ')}`
    );
  }
  if (operation === undefined) return meant(`/${metric}`, routes, flag && `?${flag}=true`);
  const route = `/${metric}/${operation}`;
  if (routes.has(route)) return meant(route, routes);
  const able = metrics.filter((one) => routes.has(`/${one}/${operation}`)).map((one) => `/${one}/${operation}`);
  return `${metric} does not support ${operation}; use one of ${able.join(', ')}`;
}

/** The operation and the flag that words of a path mean, and the remaining words, for a metric. */
function meaningOf(path: string, operations: readonly string[]) {
  let operation: string | undefined;
  let flag: string | undefined;
  const own: string[] = [];
  for (const word of wordsOf(path.replace(/lower[-_]?bound/i, 'lowerbound'))) {
    const found = OPERATIONS[word] ?? nearestName(word, operations);
    if (found !== undefined) operation ??= found;
    else if (FLAGS[word] !== undefined) flag = FLAGS[word];
    else if (!NOISE.has(word)) own.push(word);
  }
  return { own, operation, flag };
}

/** The words of a path, with any separator. */
const wordsOf = (path: string): string[] =>
  path
    .toLowerCase()
    .replace(/%[0-9a-f]{2}/g, ' ')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
