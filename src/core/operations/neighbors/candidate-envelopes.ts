import { type Dataset, seriesAt } from '../../input/dataset.ts';
import type { Band } from '../../kernels/index.ts';
import type { Params } from '../../metric/params.ts';
import { type Envelope, envelope } from '../lower-bound/envelope.ts';

/** Numbers in the envelopes that a thread keeps for later requests: 32 MiB. */
const MOST_NUMBERS = 2 ** 22;

/** The envelopes of the series of one data set, as far as they were needed, for queries of one length in one band. */
interface Envelopes {
  readonly of: (Envelope | undefined)[];
  numbers: number;
  /** Whether later requests find them. */
  kept: boolean;
}

/** Those of stored data sets, by content, length and band; the last is the most recently used. */
const recent = new Map<string, Envelopes>();
let numbers = 0;

/**
 * The envelope of candidate l, for queries of n steps in a band of these parameters. It is computed when it is first needed; that of a stored data set is
 * found again by later requests. Without a band it has one row, for queries of any length.
 */
export function candidateEnvelopes(
  candidates: Dataset,
  params: Params,
): (l: number, n: number, band: Band | undefined) => Envelope {
  const { global_constraint, sakoe_chiba_radius, itakura_max_slope } = params as Readonly<Record<string, unknown>>;
  const digest = candidates.kept?.digest;
  let current = unkept();
  let length = -1;
  return (l, n, band) => {
    const rows = band ? n : 0;
    if (rows !== length) {
      const name = [digest, rows, global_constraint, sakoe_chiba_radius, itakura_max_slope].join(' ');
      current = digest === undefined ? unkept() : found(name);
      length = rows;
    }
    const known = current.of[l];
    if (known) return known;
    const computed = envelope(seriesAt(candidates, l), band);
    current.of[l] = computed;
    if (current.kept) count(current, 2 * computed.lower.length);
    return computed;
  };
}

const unkept = (): Envelopes => ({ of: [], numbers: 0, kept: false });

function found(name: string): Envelopes {
  const envelopes = recent.get(name) ?? { ...unkept(), kept: true };
  recent.delete(name);
  recent.set(name, envelopes);
  return envelopes;
}

/** Counts more numbers, and forgets the least recently used while there are too many; whoever uses them now has them to the end. */
function count(envelopes: Envelopes, more: number): void {
  envelopes.numbers += more;
  numbers += more;
  for (const [name, oldest] of recent) {
    if (numbers <= MOST_NUMBERS) break;
    recent.delete(name);
    oldest.kept = false;
    numbers -= oldest.numbers;
  }
}
