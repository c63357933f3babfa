/** How long each of some runs takes, in milliseconds. */
export async function times(count: number, run: (k: number) => Promise<unknown>): Promise<number[]> {
  const found: number[] = [];
  for (let k = 0; k < count; k++) {
    const began = performance.now();
    await run(k);
    found.push(performance.now() - began);
  }
  return found;
}

/** The value that a part of them is below. */
export const quantile = (part: number, of: readonly number[]): number =>
  of.toSorted((a, b) => a - b)[Math.min(of.length - 1, Math.floor(part * of.length))] as number;
