import type { Band, Poll } from '../../kernels/index.ts';

/** Windows that all have the same width, but for the ends of the series: those of row i are the steps i - above to i + below. */
interface EvenWindows {
  readonly above: number;
  readonly below: number;
}

/** Positions between two polls: about half a millisecond. */
const POLL_EVERY = 65_536;

/** Of bands that serve one series after another. */
const known = new WeakMap<Band, { readonly steps: number; readonly even: EvenWindows | undefined }>();

/** The windows of a Sakoe-Chiba band are even; undefined for those that are not, such as Itakura's. */
export function evenWindows(band: Band, steps: number): EvenWindows | undefined {
  const before = known.get(band);
  if (before?.steps === steps) return before.even;
  const even = inspected(band, steps);
  known.set(band, { steps, even });
  return even;
}

function inspected({ lo, hi }: Band, steps: number): EvenWindows | undefined {
  const last = lo.length - 1;
  const above = last - lo[last];
  const below = hi[0];
  for (let i = 0; i <= last; i++)
    if (lo[i] !== Math.max(0, i - above) || hi[i] !== Math.min(steps - 1, i + below)) return;
  return { above, below };
}

/** Scratch space, which is overwritten each time. */
let scratch = { least: new Float64Array(), most: new Float64Array() };

/**
 * The smallest and the largest value of x in each of as many windows as there are rows, written to every d-th place of `lower` and `upper` from `channel` on
 * (van Herk, 1992; Gil and Werman, 1993). Positions are cut into blocks as wide as a window, so that each window is the end of one block and the
 * beginning of the next: whatever its width, a row costs six comparisons, which is less than to read the two numbers from a file and to verify them.
 */
export function evenExtremes(
  x: Float64Array,
  { above, below }: EvenWindows,
  rows: number,
  lower: Float64Array,
  upper: Float64Array,
  d: number,
  channel: number,
  poll: Poll,
): void {
  const width = above + below + 1;
  const steps = x.length;
  // Position p is step p - above. Row i needs the least and the most from position i to the end of its block.
  if (scratch.least.length < rows) scratch = { least: new Float64Array(rows), most: new Float64Array(rows) };
  const { least: endsLeast, most: endsMost } = scratch;
  for (let block = 0; block < rows; block += width) {
    let least = Infinity;
    let most = -Infinity;
    for (let p = block + width - 1; p >= block; p--) {
      if (p % POLL_EVERY === 0) poll();
      const k = p - above;
      if (k >= 0 && k < steps) {
        const value = x[k];
        least = value < least ? value : least;
        most = value > most ? value : most;
      }
      if (p < rows) {
        endsLeast[p] = least;
        endsMost[p] = most;
      }
    }
  }
  let least = Infinity;
  let most = -Infinity;
  for (let p = 0, i = 1 - width, left = width, at = channel + i * d; i < rows; p++, i++, at += d) {
    if (p % POLL_EVERY === 0) poll();
    if (left-- === 0) {
      least = Infinity;
      most = -Infinity;
      left = width - 1;
    }
    const k = p - above;
    if (k >= 0 && k < steps) {
      const value = x[k];
      least = value < least ? value : least;
      most = value > most ? value : most;
    }
    if (i < 0) continue;
    lower[at] = endsLeast[i] < least ? endsLeast[i] : least;
    upper[at] = endsMost[i] > most ? endsMost[i] : most;
  }
}
