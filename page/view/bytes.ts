/** A number of bytes as people say it. */
export function bytes(count: number): string {
  if (count < 1000) return `${count} bytes`;
  const [factor, unit] = count < 1e6 ? [1e3, 'kB'] : count < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  return `${(count / factor).toPrecision(3)} ${unit}`;
}
