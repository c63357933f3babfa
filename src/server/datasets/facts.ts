import { sizeOf, type Written } from './content-file.ts';

/** What is known about a data set besides its values. */
export interface Facts {
  readonly digest: string;
  readonly count: number;
  readonly d: number;
  readonly lengths: { readonly min: number; readonly max: number; readonly mean: number };
  /** How many series have each label; absent if there are none. */
  readonly labels?: Readonly<Record<string, number>>;
  /** Of the canonical form. */
  readonly bytes: number;
  /** Possible mistakes. */
  readonly warnings?: readonly string[];
}

/** More distinct labels than this are not classes, and are not listed. */
const MOST_LABELS = 1000;

export function factsOf(written: Written, format: string): Facts {
  const { digest, count, d, lengths, labels } = written;
  const [min, max, sum] = lengths.reduce(
    ([least, most, all], n) => [Math.min(least, n), Math.max(most, n), all + n],
    [Infinity, 0, 0],
  );
  const counts = labels && countsOf(labels);
  const warnings = d > max && format !== 'ts' ? [swapped(d, max)] : [];
  return {
    digest: `sha256:${digest}`,
    count,
    d,
    lengths: { min, max, mean: sum / count },
    ...(counts && { labels: counts }),
    bytes: sizeOf(written),
    ...(warnings.length > 0 && { warnings }),
  };
}

const swapped = (d: number, longest: number): string =>
  `each series has ${d} values per step and at most ${longest} steps: if that is the wrong way round, upload it with ?layout=channels_first`;

function countsOf(labels: readonly string[]): Record<string, number> | undefined {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts.size > MOST_LABELS ? undefined : Object.fromEntries(counts);
}
