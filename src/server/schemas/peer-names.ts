/** A field name of other libraries, and what replaces it here. */
export interface PeerName {
  readonly names: readonly string[];
  /** Our names for it: the first one that the operation takes applies. */
  readonly ours: readonly string[];
  /** How to convert the value. */
  readonly convert?: string;
  /** What to do if the operation takes none of ours. */
  readonly otherwise?: string;
}

const IN_PATH = 'the metric goes in the path, as in POST /dtw; GET /capabilities lists all of them';
const LOCAL = 'only dtw, soft-dtw, frechet and lcss take the cost of a pair of steps by name, as "metric"';
const NEAREST = 'POST /{metric}/neighbors finds the k nearest series';

/** The names in tslearn, aeon, dtaidistance, pysdtw, dtw-python, fastdtw, scipy and scikit-learn that differ from ours. */
export const peerNames: readonly PeerName[] = [
  // Bands
  {
    names: ['window'],
    ours: ['sakoe_chiba_radius', 'radius'],
    convert:
      'a number of steps. For aeon, multiply its window by the length and round down; for dtaidistance, subtract 1 from its window',
  },
  {
    names: ['radius', 'sakoe_chiba_radius', 'window_size', 'sakoe_chiba', 'band', 'band_radius', 'r'],
    ours: ['sakoe_chiba_radius', 'radius'],
    convert: 'a number of steps',
  },
  {
    names: ['bandwidth'],
    ours: ['sigma', 'sakoe_chiba_radius', 'radius'],
    convert: 'for a band this is a number of steps; omit it where pysdtw has 0, which means no band',
  },
  { names: ['window_type', 'constraint', 'band_type'], ours: ['global_constraint'] },
  {
    names: ['max_slope', 'slope'],
    ours: ['itakura_max_slope'],
    convert: "tslearn's slope, 1 or more",
  },
  // What to measure
  {
    names: ['dist', 'dist_func', 'dist_method', 'inner_dist', 'local_metric', 'ground_metric', 'distance_func'],
    ours: ['metric'],
    convert: 'the cost of a pair of steps by name, such as "euclidean"',
    otherwise: LOCAL,
  },
  { names: ['metric'], ours: [], otherwise: `${IN_PATH}; ${LOCAL}` },
  { names: ['distance', 'measure', 'method', 'metric_name'], ours: [], otherwise: IN_PATH },
  {
    names: ['cost_matrix', 'precomputed', 'precomputed_cost'],
    ours: ['metric'],
    convert: 'with "precomputed", s1 is the cost matrix',
  },
  { names: ['cost'], ours: ['c', 'metric'] },
  {
    names: ['metric_params', 'distance_params', 'params', 'parameters', 'kwargs', 'options'],
    ours: [],
    otherwise: 'send its entries as fields of the body',
  },
  {
    names: ['penalty', 'warping_penalty'],
    ours: ['warp_penalty'],
    convert: "in squared units, so dtaidistance's penalty, squared",
    otherwise: "POST /adtw takes a warp_penalty, which is dtaidistance's penalty, squared",
  },
  { names: ['lambda', 'lambda_', 'lam', 'lmbd'], ours: ['lmbda'] },
  { names: ['stiffness'], ours: ['nu'] },
  { names: ['eps', 'epsilon', 'threshold', 'tau', 'tolerance'], ours: ['epsilon', 'eps', 'tol'] },
  {
    names: ['gap', 'gap_value', 'gap_penalty', 'g_arr'],
    ours: ['g'],
    convert: 'one number, or one per channel',
    otherwise: 'POST /erp takes the reference value of gaps as g: one number, or one per channel',
  },
  { names: ['smoothing', 'temperature', 'beta'], ours: ['gamma', 'sigma'] },
  { names: ['gamma', 'sigma'], ours: ['gamma', 'sigma'], convert: 'gamma = 2 sigma^2' },
  {
    names: ['normalize', 'normalise', 'standardize', 'standardise', 'z_normalize', 'znorm', 'scale'],
    ours: [],
    otherwise: 'scale the series before you send them. The soft-DTW divergence is POST /soft-dtw-normalized',
  },
  {
    names: ['psi', 'open_begin', 'open_end', 'relaxation'],
    ours: [],
    otherwise: 'series are compared from end to end; POST /dtw/subsequence finds one inside another',
  },
  {
    names: ['step_pattern', 'step_matrix'],
    ours: [],
    otherwise: 'the steps of a path are fixed: diagonal, up and left',
  },
  // How to compute
  {
    names: [
      'n_jobs',
      'n_threads',
      'num_threads',
      'processes',
      'workers',
      'parallel',
      'use_mp',
      'use_parallel',
      'prefer',
    ],
    ours: [],
    otherwise: 'omit it; matrices and neighbours are computed on all workers of the service',
  },
  {
    names: ['use_c', 'use_numba', 'use_cuda', 'fast', 'use_ndim', 'keep_int_repr'],
    ours: [],
    otherwise: 'omit it; everything is computed by compiled kernels, for one channel or several',
  },
  {
    names: ['verbose', 'show_progress', 'progress'],
    ours: [],
    otherwise: 'omit it; to watch a matrix, accept application/x-ndjson and read it row by row',
  },
  {
    names: ['only_triu', 'compact', 'block'],
    ours: [],
    otherwise: 'omit it; the whole matrix is returned. For a block of it, send dataset1 and dataset2',
  },
  {
    names: [
      'max_dist',
      'max_distance',
      'max_step',
      'max_length_diff',
      'cutoff',
      'score_cutoff',
      'best_so_far',
      'only_ub',
      'use_pruning',
    ],
    ours: [],
    otherwise:
      'omit it; values are never cut off, and POST /{metric}/neighbors prunes automatically without losing a neighbour',
  },
  { names: ['backend', 'engine', 'device'], ours: ['be'], convert: '"numpy" or "tfjs"' },
  { names: ['dtype'], ours: [], otherwise: 'omit it; be decides: numpy computes in float64, tfjs in float32' },
  { names: ['seed', 'rng'], ours: ['random_state'] },
  { names: ['max_iters', 'n_iter', 'n_iters', 'iterations', 'maxiter'], ours: ['max_iter'] },
  { names: ['step_size', 'learning_rate', 'lr'], ours: ['initial_step_size'] },
  {
    names: ['init_barycenter', 'initial', 'init_center'],
    ours: ['init'],
    otherwise: 'POST /dtw/barycenter and POST /soft-dtw/barycenter take it as init',
  },
  { names: ['size', 'length', 'n_steps'], ours: ['barycenter_size'] },
  {
    names: ['n_neighbors', 'n_neighbours', 'num_neighbors', 'top_k', 'topk', 'n', 'n_matches', 'k'],
    ours: ['k'],
    otherwise: NEAREST,
  },
  {
    names: ['channel_first', 'channels_first', 'data_format'],
    ours: ['layout'],
    convert: '"time_first" or "channels_first"',
  },
  // Series and data sets
  {
    names: ['arr_0', 'arr_1', 'arr_2'],
    ours: [],
    otherwise: 'numpy.savez names arrays so unless you name them: numpy.savez("x.npz", s1=..., s2=...)',
  },
  {
    names: ['query', 'ts_query', 'subseq', 'subsequence', 'pattern', 'template', 'needle'],
    ours: ['query', 'queries', 's1'],
  },
  {
    names: ['series', 'longseq', 'long_series', 'long_sequence', 'sequence', 'haystack'],
    ours: ['series', 'dataset1', 'dataset', 's2'],
  },
  { names: ['ts_candidate', 'candidate', 'reference'], ours: ['s2', 'candidates', 'series'] },
  {
    names: ['x', 'a', 'ts1', 'x1', 'seq1', 'series1', 'series_1', 'from', 'source', 's'],
    ours: ['s1', 'dataset1', 'queries', 'dataset', 'query'],
  },
  {
    names: ['y', 'b', 'ts2', 'x2', 'seq2', 'series2', 'series_2', 'to', 'target', 't'],
    ours: ['s2', 'dataset2', 'candidates', 'series'],
  },
  {
    names: ['dataset', 'data', 'xa', 'ts', 'timeseries', 'time_series', 'values'],
    ours: ['dataset', 'dataset1', 'queries', 's1'],
  },
  { names: ['dataset1', 'x_test', 'test'], ours: ['queries', 'dataset', 'dataset1'] },
  {
    names: ['dataset2', 'xb', 'x_train', 'train', 'train_set', 'database', 'corpus'],
    ours: ['candidates', 'dataset2'],
  },
];

const byName = new Map<string, PeerName>();
for (const peer of peerNames) for (const name of peer.names) byName.set(name, peer);

/** What to send instead of a field of another library, given the available fields; undefined if no library has it. */
export function peerAdvice(name: string, known: readonly string[]): string | undefined {
  const peer = byName.get(name) ?? byName.get(name.toLowerCase());
  if (peer === undefined) return undefined;
  const found = peer.ours.find((one) => known.includes(one));
  if (found === undefined) return peer.otherwise;
  return `use "${found}"${peer.convert === undefined ? '' : ` (${peer.convert})`}`;
}
