/** What was measured, and what it is to stay below, or above. */
export interface Row {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  readonly atMost?: number;
  readonly atLeast?: number;
}

/** Prints a row, with whether it is as it should be. */
export function print({ what, measured, unit, atMost, atLeast }: Row): void {
  const target = atMost !== undefined ? `<= ${atMost}` : atLeast !== undefined ? `>= ${atLeast}` : '';
  const short = (atMost !== undefined && measured > atMost) || (atLeast !== undefined && measured < atLeast);
  console.log(
    `${what.padEnd(56)} ${measured.toFixed(2).padStart(10)} ${unit.padEnd(4)} ${target.padEnd(8)} ${target && (short ? 'SHORT' : 'pass')}`,
  );
}
