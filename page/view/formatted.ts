/** Six digits are enough to read. The request on the page has all of them. */
export const formatted = (value: number): string =>
  value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e6) ? value.toExponential(4) : value.toPrecision(6);
