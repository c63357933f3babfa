/** A function that tells whether it was called with the same values last time, in which case there is nothing to draw. */
export function unchanged(): (...now: readonly unknown[]) => boolean {
  let before: readonly unknown[] | undefined;
  return (...now) => {
    const same = before !== undefined && now.every((value, k) => value === before?.[k]);
    before = now;
    return same;
  };
}
