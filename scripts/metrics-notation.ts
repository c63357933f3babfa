/** What the definitions in docs/metrics.md have in common, so that each metric can be implemented from its section and this. */
export const notation = `## Notation

- \`x\` (\`s1\`) has n steps and \`y\` (\`s2\`) has m, counted from 1. \`x_i\` is a step of d values; \`x_i,k\` is the value of channel k.
- \`||v||\` is the Euclidean norm over the channels, \`<v, w>\` the inner product. "Squared units" are those of the values, squared.
- \`R\` is a table of n x m cells with a border, row 0 and column 0. The value is computed from its last cell. Cells outside a band are infinite.
- A path is a list of cells from (1,1) to (n,m). Each step goes one row down, one column right, or both. If several moves into a cell are equally
  good, the diagonal one from \`(i-1,j-1)\` wins, then up from \`(i-1,j)\`, then left from \`(i,j-1)\`, for value, path and gradient alike.
- Responses count the cells of a path from 0. A path that skips steps before its first pair (\`edr\`, \`erp\`) is shown from (0, 0) along the edge.
- The gradient is that of the value along the path. If a root or a norm is 0, its slope is taken to be 0.

### Bands

Without a constraint every cell is allowed. A band restricts the cells (i,j) with i, j >= 1; the border is unaffected. With i and j counted from 0 and n and m the
lengths of what is aligned:

- \`sakoe_chiba_radius\` r allows (i,j) if \`i - j <= r + max(0, n - m)\` and \`j - i <= r + max(0, m - n)\`.
- \`itakura_max_slope\` s allows (i,j) if \`first(j) <= i < end(j)\`, with \`a = s n / m\`, \`b = n / (s m)\`, and \`round\` to two decimals, halves to even:

      first(j) = ceil(max(round(b j), round(n - 1 - a (m - 1) + a j)))
      end(j) = floor(min(round(a j), round(n - 1 - b (m - 1) + b j)) + 1)

  A slope that leaves no path from the first cell to the last is an error, which names the smallest feasible slope.

### Soft variants

A metric with \`gamma\` replaces the minimum over the moves into a cell, if gamma > 0, by

    softmin(a, b, c) = -gamma log(exp(-a / gamma) + exp(-b / gamma) + exp(-c / gamma))

Its value is then -gamma log of the sum of exp(-cost / gamma) over all paths. It is at most the minimum, has no single path, and may be negative, also for a
series and itself.

### Local costs

\`metric\` replaces the cost of a pair of steps in \`dtw\`, \`soft-dtw\`, \`frechet\` and \`lcss\`, with v = x_i - y_j:

| \`metric\` | cost(i,j) |
|---|---|
| \`sqeuclidean\` | sum_k v_k^2 |
| \`euclidean\` | sqrt(sum_k v_k^2) |
| \`cityblock\` | sum_k \\|v_k\\| |
| \`chebyshev\` | max_k \\|v_k\\| |
| \`minkowski\` | (sum_k \\|v_k\\|^p)^(1/p), p = 2 by default |
| \`cosine\` | max(0, 1 - <x_i, y_j> / (\\|\\|x_i\\|\\| \\|\\|y_j\\|\\|)); 0 if both steps are all zeros, 1 if one is |
| \`precomputed\` | \`s1[i][j]\`; there is no \`s2\` |

### Compared with tslearn and aeon

The section of each metric says what differs. For all of them:

- Series are (steps, channels), as in tslearn; aeon has (channels, steps).
- Bands are tslearn's. aeon's \`window\` is a fraction of the length, dtaidistance's \`window\` is the radius plus 1.
- Series with different numbers of channels are an error. tslearn's \`cdist\` functions and aeon accept them, and aeon drops the channels that only one of
  them has. aeon's step-by-step metrics also drop the steps that only one series has; here unequal lengths are an error.
- The cost of a path equals the value. aeon's alignment paths go back to the smallest neighbour, regardless of the cost of the move.
- Missing values are trimmed at the end of a series, as tslearn does, and are an error elsewhere. aeon computes NaN.
`;
