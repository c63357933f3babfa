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
const WHOLE = 'omit it; the value is always returned, and ?path=true adds the path. The table of costs is not returned';
const OMIT = 'omit it; it changes nothing here';
const NEAREST = 'POST /{metric}/neighbors finds the k nearest series';

/** The names in tslearn, aeon, dtaidistance, pysdtw, dtw-python, fastdtw, librosa, stumpy, pyts, TSdist, scipy and scikit-learn that differ from ours. */
export const peerNames: readonly PeerName[] = [
  // Bands
  {
    names: ['window', 'window_frac'],
    ours: ['sakoe_chiba_radius', 'radius'],
    convert:
      'a number of steps. For aeon, multiply its window by the length and round down; for dtaidistance, subtract 1 from its window',
    otherwise: 'there is no band here; metrics that have one take sakoe_chiba_radius',
  },
  {
    names: [
      'radius',
      'sakoe_chiba_radius',
      'sakoe_chiba_window',
      'warping_window',
      'window_size',
      'win',
      'sakoe_chiba',
      'band',
      'band_radius',
      'band_size',
      'delta',
      'r',
    ],
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
    names: ['max_slope', 'slope', 'itakura_slope', 'itakura_slope_max', 'itakura'],
    ours: ['itakura_max_slope'],
    convert: "tslearn's slope, 1 or more",
  },
  {
    names: ['slanted_band', 'slope_constraint', 'triangular'],
    ours: [],
    otherwise: 'bands are those of sakoe_chiba_radius and itakura_max_slope, for the metrics that take them',
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
    names: [
      'cost_matrix',
      'distance_matrix',
      'precomputed',
      'precomputed_cost',
      'precomputed_cost_matrix',
      'precomputed_metric',
    ],
    ours: ['metric'],
    convert: 'with "precomputed", s1 is the cost matrix',
  },
  { names: ['cost'], ours: ['c', 'metric'] },
  { names: ['sm_cost', 'split_cost', 'merge_cost', 'split_merge_cost'], ours: ['c'] },
  { names: ['dependent'], ours: ['independent'], convert: 'the opposite: false aligns all channels together' },
  {
    names: ['squared'],
    ours: [],
    otherwise: 'POST /soft-dtw with gamma 0 returns dtw squared, POST /squared the squared Euclidean distance',
  },
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
  {
    names: ['omega', 'amerced'],
    ours: ['warp_penalty'],
    convert: 'in squared units',
  },
  { names: ['lambda', 'lam', 'lmbd', 'deletion_penalty', 'edit_penalty', 'edit_cost'], ours: ['lmbda'] },
  { names: ['stiffness'], ours: ['nu'] },
  {
    names: ['eps', 'epsilon', 'tau', 'tolerance', 'e'],
    ours: ['epsilon', 'eps', 'tol'],
  },
  {
    names: ['threshold', 'distance_threshold', 'thr'],
    ours: ['epsilon', 'eps', 'tol'],
    otherwise: 'omit it; values are never cut off',
  },
  {
    names: ['steepness', 'w_max', 'weight_max'],
    ours: ['g'],
    convert: 'the steepness; weights are at most 1',
  },
  {
    names: ['timestamps', 'times', 'sampling_rate', 'freq'],
    ours: [],
    otherwise: 'steps are one apart in time: resample series whose steps are not',
  },
  {
    names: ['weights', 'weight', 'sample_weight', 'sample_weights'],
    ours: ['weights', 'w'],
    otherwise: 'pairs and barycenters take weights of series, POST /minkowski weights of steps as w',
  },
  {
    names: ['alphabet_size', 'n_symbols', 'n_letters', 'n_bins', 'n_sax_symbols', 'cardinality'],
    ours: ['alphabet_size_avg'],
  },
  {
    names: ['word_size', 'word_length', 'paa_size', 'n_paa_segments', 'segments', 'n_coefs', 'n_frames'],
    ours: ['n_segments'],
  },
  {
    names: ['subsequence_length', 'subsequence_width', 'descriptor_length'],
    ours: ['reach'],
    convert: 'the steps on either side: half of the length, rounded down',
  },
  {
    names: ['descriptor', 'shape_descriptor', 'transformation_precomputed', 'transformed_x', 'transformed_y'],
    ours: [],
    otherwise: 'shape-dtw describes a step by its neighbourhood as it is, of reach steps on either side',
  },
  {
    names: ['gap', 'gap_value', 'gap_penalty', 'gap_cost', 'ge', 'g_arr'],
    ours: ['g'],
    convert: 'one number, or one per channel',
    otherwise: 'POST /erp takes the reference value of gaps as g: one number, or one per channel',
  },
  { names: ['smoothing', 'temperature', 'beta'], ours: ['gamma', 'sigma'] },
  { names: ['gamma', 'sigma'], ours: ['gamma', 'sigma'], convert: 'gamma = 2 sigma^2' },
  {
    names: [
      'normalize',
      'normalise',
      'normalization',
      'standardize',
      'standardise',
      'standardization',
      'z_normalize',
      'z_normalise',
      'z_norm',
      'zscore',
      'scale',
      'scaling',
    ],
    ours: ['standardize'],
    otherwise: 'scale the series before you send them. The soft-DTW divergence is POST /soft-dtw-normalized',
  },
  {
    names: ['psi', 'psi_relaxation', 'open_begin', 'open_end', 'relaxation'],
    ours: [],
    otherwise: 'series are compared from end to end; POST /dtw/subsequence finds one inside another',
  },
  {
    names: [
      'step_pattern',
      'step_matrix',
      'step_sizes_sigma',
      'weights_add',
      'weights_mul',
      'add_weights',
      'mul_weights',
    ],
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
      'pool',
      'chunksize',
    ],
    ours: [],
    otherwise: 'omit it; matrices and neighbours are computed on all workers of the service',
  },
  {
    names: ['use_c', 'use_numba', 'use_cuda', 'use_gpu', 'fast', 'use_ndim', 'keep_int_repr'],
    ours: [],
    otherwise: 'omit it; everything is computed by compiled kernels, for one channel or several',
  },
  {
    names: ['verbose', 'show_progress', 'progress'],
    ours: [],
    otherwise: 'omit it; to watch a matrix, accept application/x-ndjson and read it row by row',
  },
  {
    names: ['only_triu', 'compact', 'block', 'symmetric', 'self'],
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
      'ub',
      'upper_bound',
      'ub_euclidean',
      'use_pruning',
    ],
    ours: [],
    otherwise:
      'omit it; values are never cut off, and POST /{metric}/neighbors prunes automatically without losing a neighbour',
  },
  {
    names: [
      'keepdims',
      'keep_internals',
      'distance_only',
      'return_distance',
      'return_cost',
      'return_cost_matrix',
      'return_costs',
    ],
    ours: [],
    otherwise: WHOLE,
  },
  {
    names: ['check_inputs', 'check_finite', 'force_all_finite', 'unequal_length', 'unequal_length_pad', 'pad', 'out'],
    ours: [],
    otherwise: OMIT,
  },
  {
    names: ['algorithm', 'leaf_size', 'exact', 'approximate'],
    ours: [],
    otherwise: 'omit it; neighbours are exact, and pruned automatically where there is a lower bound',
  },
  {
    names: ['exclude', 'exclude_self', 'self_exclude', 'ignore_trivial'],
    ours: [],
    otherwise: 'omit it; a query that is among the candidates is its own nearest: ask for one more, and skip it',
  },
  {
    names: ['overlap', 'max_overlap', 'exclusion_zone'],
    ours: [],
    otherwise: 'omit it; matches never share a step',
  },
  {
    names: ['minlength', 'maxlength', 'max_rangefactor', 'alpha', 'min_distance'],
    ours: [],
    otherwise: 'omit it; every match is returned, in any length, best first, up to k of them',
  },
  {
    names: ['envelope', 'envelope_candidate', 'lower', 'upper'],
    ours: [],
    otherwise: 'omit it; POST /dtw/lower-bound finds the envelope of s2 itself, by radius',
  },
  {
    names: ['n_init', 'nb_initial_samples', 'init_path'],
    ours: [],
    otherwise: 'omit it; there is one start, which is always the same',
  },
  { names: ['mask'], ours: [], otherwise: 'leave out the series, or give weight 0 to them where there are weights' },
  // What goes in a header
  {
    names: ['format', 'output', 'output_format', 'response_format', 'return_type', 'accept'],
    ours: [],
    otherwise: 'the format of the response is that of the header Accept, such as application/json or application/x-npz',
  },
  {
    names: ['async', 'respond_async', 'background', 'wait'],
    ours: [],
    otherwise: 'to make a job of the request, send the header Prefer: respond-async',
  },
  {
    names: ['api_key', 'key', 'token', 'access_token'],
    ours: [],
    otherwise: 'send a key in the header Authorization: Bearer KEY',
  },
  { names: ['backend', 'engine', 'device'], ours: ['be'], convert: '"numpy" or "tfjs"' },
  { names: ['dtype'], ours: [], otherwise: 'omit it; be decides: numpy computes in float64, tfjs in float32' },
  {
    names: ['seed', 'rng', 'random_state'],
    ours: ['random_state'],
    otherwise: 'omit it; nothing is random here',
  },
  { names: ['sample_size', 'n_sample', 'samples'], ours: ['n_samples'] },
  { names: ['max_iters', 'max_it', 'max_iterations', 'n_iter', 'n_iters', 'iterations'], ours: ['max_iter'] },
  { names: ['step_size', 'step', 'learning_rate', 'lr'], ours: ['initial_step_size'] },
  {
    names: ['init_barycenter', 'initial', 'init_center'],
    ours: ['init'],
    otherwise: 'POST /dtw/barycenter and POST /soft-dtw/barycenter take it as init',
  },
  { names: ['size', 'length', 'n_steps'], ours: ['barycenter_size'] },
  {
    names: [
      'n_neighbors',
      'n_neighbours',
      'num_neighbors',
      'top_k',
      'n',
      'n_matches',
      'max_matches',
      'best_matches',
      'k',
    ],
    ours: ['k'],
    otherwise: NEAREST,
  },
  {
    names: ['channel_first', 'channels_first', 'time_first', 'data_format'],
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
    names: ['query', 'queries', 'ts_query', 'q', 'subseq', 'subsequence', 'pattern', 'template', 'needle'],
    ours: ['query', 'queries', 's1', 'dataset1'],
  },
  {
    names: ['series', 't_a', 'longseq', 'long_series', 'long_sequence', 'sequence', 'haystack'],
    ours: ['series', 'dataset1', 'dataset', 's2'],
  },
  {
    names: ['ts_candidate', 'candidate', 'candidates', 'reference', 'ref'],
    ours: ['s2', 'candidates', 'series', 'dataset2'],
  },
  {
    names: [
      'x',
      'a',
      's1',
      'ts1',
      'x1',
      'v1',
      'vec1',
      'seq1',
      'series1',
      'data1',
      'input1',
      'ds1',
      'first',
      'left',
      'from',
      'source',
      's',
    ],
    ours: ['s1', 'dataset1', 'queries', 'dataset', 'query'],
  },
  {
    names: [
      'y',
      'b',
      's2',
      'ts2',
      'x2',
      'v2',
      'vec2',
      'seq2',
      'series2',
      'data2',
      'input2',
      'ds2',
      'second',
      'right',
      'to',
      'target',
      't',
    ],
    ours: ['s2', 'dataset2', 'candidates', 'series'],
  },
  {
    names: [
      'dataset',
      'datasets',
      'data',
      'xa',
      'ts',
      'timeseries',
      'time_series',
      'values',
      'collection',
      'collections',
    ],
    ours: ['dataset', 'dataset1', 'queries', 's1'],
  },
  { names: ['dataset1', 'x_test', 'test'], ours: ['queries', 'dataset', 'dataset1'] },
  {
    names: ['dataset2', 'xb', 'x_train', 'fit_x', 'train', 'training', 'train_set', 'database', 'corpus'],
    ours: ['candidates', 'dataset2'],
  },
];

const byLetters = new Map<string, PeerName>();
for (const peer of peerNames) for (const name of peer.names) byLetters.set(lettersOf(name), peer);

/** What to send instead of a field of another library, whatever separates its words: the first of our names that is available, if one is. */
export function peerAdvice(name: string, known: readonly string[]): { use?: string; otherwise?: string } {
  const peer = byLetters.get(lettersOf(name));
  if (peer === undefined) return {};
  const { ours, convert, otherwise } = peer;
  const found = ours.find((one) => known.includes(one));
  const use = found && `use "${found}"${convert === undefined ? '' : ` (${convert})`}`;
  return { ...(use && { use }), ...(otherwise && { otherwise }) };
}

/** step.pattern, stepPattern and step_pattern are one name. */
function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
