/** A promise, and what was measured. */
export interface Row {
  readonly promise: string;
  readonly target: string;
  readonly measured: string;
  readonly kept: boolean;
  /** Depends on how fast the machine is, and on who else uses it. */
  readonly timing?: true;
}

/** Prints the rows, each with pass or SHORT. */
export function print(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  const width = Math.max(...rows.map(({ promise }) => promise.length));
  for (const { promise, target, measured, kept } of rows) {
    console.log(`${kept ? 'pass ' : 'SHORT'}  ${promise.padEnd(width)}  ${target.padEnd(8)}  ${measured}`);
  }
}
