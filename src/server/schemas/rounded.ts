/**
 * Numbers to ten significant digits, as much as a document can promise: CPUs with and without fused multiply-add differ in the
 * last ones.
 */
export function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(10));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rounded(part)]));
}
