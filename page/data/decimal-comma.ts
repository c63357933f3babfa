/**
 * Whether lines such as `1,5` are one column of decimals with a comma: true or false by the evidence, undefined if they
 * cannot be, because a line has another form.
 *
 * @param rows the lines, split at commas
 */
export function readsAsDecimals(rows: readonly (readonly string[])[]): boolean | undefined {
  const filled = rows.filter((row) => row.some((cell) => cell !== ''));
  const [first, ...rest] = filled;
  const headed = first !== undefined && rest.length > 0 && !first.every(isWhole);
  const body = headed ? rest : filled;
  if (headed && first.length > 1) return undefined; // two names are two columns
  if (body.length < 2 || !body.every((row) => row.length === 2 && isWhole(row[0]) && /^\d+$/.test(row[1] ?? ''))) {
    return undefined;
  }
  const [whole, part] = [0, 1].map((k) => body.map((row) => row[k] as string)) as [string[], string[]];
  if (headed || part.some((digits) => /^0\d/.test(digits))) return true;
  if (whole.length > 3 && evenlyRising(whole.map(Number))) return false; // 0, 1, 2, ...: an index and its values
  return part.length < 12 || !isSmooth(part.map(Number));
}

/** Digits, or thousands separated by points. */
const isWhole = (cell: string | undefined): boolean => /^[+-]?(\d+|[1-9]\d{0,2}(\.\d{3})+)$/.test(cell ?? '');

/** Whether numbers rise by the same amount each time. */
export const evenlyRising = (values: readonly number[]): boolean => {
  const step = values[1] - values[0];
  return step > 0 && values.every((value, k) => k === 0 || Math.abs(value - values[k - 1] - step) < 1e-6 * step);
};

/** Digits after a comma look random; measurements rarely do (von Neumann's ratio, 1941: 2 for noise). */
function isSmooth(values: readonly number[]): boolean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const steps = values.slice(1).reduce((sum, value, k) => sum + (value - values[k]) ** 2, 0);
  return spread > 0 && steps / spread < 0.8;
}
