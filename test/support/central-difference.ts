/** d f / d h at 0, or undefined where f has a kink within reach: one-sided slopes that stay apart, or slopes that depend on the step. */
export function centralDifference(f: (h: number) => number, scale: number): number | undefined {
  const here = f(0);
  const slopes = (h: number) => {
    const [ahead, behind] = [(f(h) - here) / h, (here - f(-h)) / h];
    return { central: (ahead + behind) / 2, gap: Math.abs(ahead - behind) };
  };
  const wide = slopes(2e-5);
  const narrow = slopes(1e-5);
  if (narrow.gap > 0.75 * wide.gap + 1e-6 * scale) return undefined;
  if (Math.abs(wide.central - narrow.central) > 1e-6 * scale) return undefined;
  return (4 * narrow.central - wide.central) / 3;
}
