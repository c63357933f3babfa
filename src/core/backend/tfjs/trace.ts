/**
 * Walks the diagonals of R, (n + m - 1, n) with cell (i, j) at [i + j, i], back from (n-1, m-1).
 *
 * @returns an optimal path as i, j, i, j, ...; ties go diagonal, up, left. Empty when the last cell is unreachable.
 */
export function trace(diagonals: Float32Array, n: number, m: number): Int32Array {
  const cell = (i: number, j: number) => (i < 0 || j < 0 ? Infinity : diagonals[(i + j) * n + i]);
  let i = n - 1;
  let j = m - 1;
  if (!Number.isFinite(cell(i, j))) return new Int32Array(0);
  const reversed = [j, i];
  while (i > 0 || j > 0) {
    const diagonal = cell(i - 1, j - 1);
    const up = cell(i - 1, j);
    const left = cell(i, j - 1);
    if (diagonal <= up && diagonal <= left) {
      i--;
      j--;
    } else if (up <= left) i--;
    else j--;
    reversed.push(j, i);
  }
  return Int32Array.from(reversed.reverse());
}
