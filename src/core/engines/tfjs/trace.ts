/** What is needed to walk back: the diagonals of R with their border, (n + m + 1, n + 1), and the costs of the moves, (n, m) each. */
interface Walk {
  readonly table: Float32Array;
  /** Diagonal, up, left; absent if moves are compared only by where they come from, because all cost the same or for minimax. */
  readonly costs: readonly Float32Array[] | undefined;
  readonly n: number;
  readonly m: number;
}

/** An optimal path as i, j, i, j, ... from (0, 0); ties go diagonal, up, left. Empty if the last cell is unreachable. */
export function trace({ table, costs, n, m }: Walk): Int32Array {
  const r = (i: number, j: number) => table[(i + j + 2) * (n + 1) + i + 1];
  // Rounded like the tensors, so that the path is the one that autodiff follows.
  const way = (move: number, from: number, at: number) => Math.fround(from + (costs?.[move]?.[at] ?? 0));
  if (!Number.isFinite(r(n - 1, m - 1))) return new Int32Array(0);
  const reversed: number[] = [];
  let i = n - 1;
  let j = m - 1;
  while (i >= 0 && j >= 0) {
    reversed.push(j, i);
    const at = i * m + j;
    const diagonal = way(0, r(i - 1, j - 1), at);
    const up = way(1, r(i - 1, j), at);
    const left = way(2, r(i, j - 1), at);
    if (diagonal <= up && diagonal <= left) {
      i--;
      j--;
    } else if (up <= left) i--;
    else j--;
  }
  // A path that enters over the border begins along the edge of the table.
  let [first, second] = [reversed[reversed.length - 1], reversed[reversed.length - 2]];
  while (first + second > 0) {
    if (second === 0) first--;
    else second--;
    reversed.push(second, first);
  }
  return Int32Array.from(reversed.reverse());
}
