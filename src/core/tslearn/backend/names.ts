/** The 65 public names that tslearn's NumPy and PyTorch backends share, and so do ours. */
export const backendNames = [
  ...(['backend_string', 'linalg', 'random', 'testing'] as const),
  ...(['int8', 'int16', 'int32', 'int64', 'float32', 'float64', 'complex64', 'complex128'] as const),
  ...(['inf', 'nan', 'dbl_max'] as const),
  ...(['array', 'asarray', 'arange', 'cast', 'copy', 'diag', 'empty', 'eye', 'from_numpy', 'full', 'hstack'] as const),
  ...(['reshape', 'shape', 'ndim', 'to_numpy', 'tril', 'tril_indices', 'triu', 'triu_indices', 'vstack'] as const),
  ...(['zeros', 'zeros_like'] as const),
  ...(['abs', 'all', 'any', 'argmax', 'argmin', 'ceil', 'exp', 'floor', 'isfinite', 'isnan', 'iscomplex'] as const),
  ...(['log', 'max', 'mean', 'median', 'min', 'round', 'sqrt', 'sum'] as const),
  ...(['cdist', 'pdist', 'pairwise_distances', 'pairwise_euclidean_distances'] as const),
  ...(['belongs_to_backend', 'is_array', 'is_float', 'is_float32', 'is_float64'] as const),
] as const;
