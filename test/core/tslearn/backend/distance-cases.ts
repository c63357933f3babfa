import { type Case, law } from './case.ts';

const matrix = [
  [0, 1],
  [2, 3],
];
const a = [
  [0, 0],
  [3, 4],
];
const b = [
  [0, 0],
  [1, 0],
  [6, 8],
];
const far = [[1e4 + 1], [1e4]];

/** Distances, sub-objects and predicates; distances as scipy.spatial.distance has them. */
export const distanceCases: readonly Case[] = [
  law('cdist', 'is euclidean', (be) => be.cdist(a, b), [
    [0, 1, 10],
    [5, Math.sqrt(20), 5],
  ]),
  law('cdist', 'knows sqeuclidean', (be) => be.cdist(a, [[1, 0]], { metric: 'sqeuclidean' }), [[1], [20]]),
  law('cdist', 'knows cityblock', (be) => be.cdist(a, [[1, 0]], { metric: 'cityblock' }), [[1], [6]]),
  law('cdist', 'knows chebyshev', (be) => be.cdist(a, [[1, 0]], { metric: 'chebyshev' }), [[1], [4]]),
  law('cdist', 'knows minkowski', (be) => be.cdist(a, [[1, 0]], { metric: 'minkowski', p: 3 }), [[1], [72 ** (1 / 3)]]),
  law('cdist', 'knows minkowski at infinity', (be) => be.cdist(a, [[1, 0]], { metric: 'minkowski', p: Infinity }), [
    [1],
    [4],
  ]),
  law('cdist', 'knows cosine', (be) => be.cdist([[3, 4]], b, { metric: 'cosine' }), [[Number.NaN, 0.4, 0]]),
  law('cdist', 'takes a function', (be) => be.cdist(a, b, { metric: (x, y) => be.sum(be.abs(be.vstack([x, y]))) }), [
    [0, 1, 14],
    [7, 8, 21],
  ]),
  law(
    'cdist',
    'does not cancel far from zero',
    (be) => be.cdist(far, far),
    matrix.map((_, i) => [i, 1 - i]),
  ),
  law('cdist', 'may have no rows', (be) => be.shape(be.cdist(be.zeros([0, 2]), b)), [0, 3]),
  law('cdist', 'may have no columns', (be) => be.shape(be.cdist(a, be.zeros([0, 2]))), [2, 0]),
  law('pdist', 'lists each pair once', (be) => be.pdist(b), [1, 10, Math.sqrt(89)]),
  law('pdist', 'takes a function', (be) => be.pdist(b, { metric: () => 7 }), [7, 7, 7]),
  law('pdist', 'of one row is empty', (be) => be.pdist([[1, 2]]), []),
  law('pairwise_distances', 'compares a dataset with itself', (be) => be.pairwise_distances(a), [
    [0, 5],
    [5, 0],
  ]),
  law('pairwise_distances', 'takes a metric', (be) => be.pairwise_distances(a, b, { metric: 'cityblock' }), [
    [0, 1, 14],
    [7, 6, 7],
  ]),
  law('pairwise_euclidean_distances', 'compares two datasets', (be) => be.pairwise_euclidean_distances(a, [[0, 0]]), [
    [0],
    [5],
  ]),
  law('linalg', 'norm is the root of the sum of squares', (be) => be.linalg.norm(matrix), 3.7416573867739413),
  law('linalg', 'norm goes along an axis', (be) => be.linalg.norm(a, { axis: 1 }), [0, 5]),
  law('linalg', 'norm keeps all axes', (be) => be.linalg.norm(a, { keepdims: true }), [[5]]),
  law('linalg', 'norm of a vector has an order', (be) => be.linalg.norm([1, -2], { ord: 3 }), 9 ** (1 / 3)),
  law('linalg', 'norm 0 counts', (be) => be.linalg.norm([0, -2], { ord: 0 }), 1),
  law('linalg', 'norm 1 of a matrix is its greatest column', (be) => be.linalg.norm(matrix, { ord: 1 }), 4),
  law('linalg', 'norm inf of a matrix is its greatest row', (be) => be.linalg.norm(matrix, { ord: Infinity }), 5),
  law('linalg', 'norm inf of a vector', (be) => be.linalg.norm([1, -2], { ord: Infinity }), 2),
  law(
    'linalg',
    'norm nuc sums singular values',
    (be) => be.linalg.norm(matrix, { ord: 'nuc' }),
    Math.sqrt(18),
    'matrix norm nuc',
  ),
  law('linalg', 'inv inverts', (be) => be.linalg.inv(matrix), [
    [-1.5, 0.5],
    [1, 0],
  ]),
  law('linalg', 'inv inverts batches', (be) => be.linalg.inv([[[2]], [[4]]]), [[[0.5]], [[0.25]]]),
  law('random', 'rand has a shape', (be) => be.shape(be.array(be.random.rand(2, 3))), [2, 3]),
  law('random', 'rand is in [0, 1)', (be) => be.all(be.isfinite(be.log(be.random.rand(50)))), true),
  law('random', 'rand without a shape is a number', (be) => be.belongs_to_backend(be.random.rand()), true),
  law('random', 'randn has a shape', (be) => be.shape(be.random.randn(4)), [4]),
  law('random', 'randint has one choice in [3, 4)', (be) => be.random.randint(3, 4, { size: [2] }), [3, 3]),
  law('random', 'randint starts at 0', (be) => be.random.randint(1), 0),
  law('random', 'normal has no spread at scale 0', (be) => be.random.normal({ loc: 2, scale: 0, size: 2 }), [2, 2]),
  law('random', 'uniform has no spread between equals', (be) => be.random.uniform({ low: 2, high: 2, size: 1 }), [2]),
  law('testing', 'is there', (be) => typeof be.testing.assertAllclose === 'function', true),
  law('belongs_to_backend', 'knows its arrays', (be) => be.belongs_to_backend(be.array([1])), true),
  law('belongs_to_backend', 'knows its scalars', (be) => be.belongs_to_backend(be.sum([1])), true),
  law('belongs_to_backend', 'refuses lists', (be) => be.belongs_to_backend([1]), false),
  law('is_array', 'knows its arrays', (be) => be.is_array(be.array([1])), true),
  law('is_array', 'refuses numbers', (be) => be.is_array(1), false),
  law('is_float', 'knows floats', (be) => be.is_float(be.array([1])) && be.is_float(1.5), true),
  law('is_float', 'refuses integers', (be) => be.is_float(be.array([1], { dtype: be.int32 })), false),
  law('is_float32', 'knows its dtype', (be) => be.is_float32(be.array([1], { dtype: be.float32 })), true),
  law('is_float64', 'refuses float32', (be) => be.is_float64(be.array([1], { dtype: be.float32 })), false),
  law('is_float64', 'counts numbers', (be) => be.is_float64(1), true),
  law('is_float64', 'knows its dtype', (be) => be.is_float64(be.array([1], { dtype: be.float64 })), true, 'float64'),
];
