/** A series as in a request: one number, or one row of numbers, per step. */
export type Series = readonly number[] | readonly (readonly number[])[];

/** A series with what is known about it. */
export interface Sample {
  readonly values: Series;
  /** A short name. */
  readonly name: string;
  /** What one step is, for the axis: `time step (0.1 s)`. */
  readonly step: string;
  /** What is measured and in which unit, for the axis. */
  readonly value: string;
  /** The example that it is from, if any. */
  readonly from?: { readonly example: string; readonly index: number };
  /** Its class, if there are classes. */
  readonly label?: string;
  /** The names of its channels, if they have any. */
  readonly channels?: readonly string[];
  /** Whether it is one half of a series from the user. */
  readonly half?: boolean;
}

/** A sample from the user. */
export const ownSample = (values: Series, name: string): Sample => ({
  values,
  name,
  step: 'time step',
  value: 'value',
});

/** How many values a series has at each step. */
export const widthOf = (series: Series): number => {
  const [first] = series;
  return typeof first === 'number' ? 1 : (first?.length ?? 0);
};

/** How many numbers a series has. */
export const sizeOf = (series: Series): number => series.length * widthOf(series);

/** Channel `c` of a series. */
export function channel(series: Series, c: number): readonly number[] {
  return series.map((row) => (typeof row === 'number' ? row : (row[c] ?? Number.NaN)));
}

const split = new WeakMap<Series, readonly (readonly number[])[]>();

/** All channels, for drawing; split once, as figures are drawn in every frame. */
export function channels(series: Series): readonly (readonly number[])[] {
  const known = split.get(series);
  if (known) return known;
  const all =
    widthOf(series) === 1 && typeof series[0] === 'number'
      ? [series as readonly number[]]
      : Array.from({ length: widthOf(series) }, (_, c) => channel(series, c));
  split.set(series, all);
  return all;
}

/** What a channel is called. */
export const channelName = ({ channels: names }: Pick<Sample, 'channels'>, c: number): string =>
  names?.[c] ?? `channel ${c}`;

/** x + factor * y, element by element, in the shape of x. */
export function plus(x: Series, y: Series, factor: number): Series {
  if (typeof x[0] === 'number') return (x as number[]).map((value, i) => value + factor * (y as number[])[i]);
  return (x as number[][]).map((row, i) => row.map((value, c) => value + factor * (y as number[][])[i][c]));
}
