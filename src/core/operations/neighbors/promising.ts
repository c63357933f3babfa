import type { Series } from '../../input/series.ts';
import { LANES, type Near, type NearCandidates } from '../../kernels/index.ts';
import type { Nearest } from './nearest.ts';
import type { Work } from './problem.ts';
import type { Bounds } from './pruning.ts';

/** Called with the place of a candidate before anything can be wrong with it; returns how to compute its value by itself. */
export type Look = (place: number) => () => number;

interface Search {
  readonly k: number;
  readonly work: Work;
  readonly poll: () => void;
}

/** Offers to the nearest of a query whatever may be among them of some candidates. Those that cannot, by their bounds, are counted as pruned. */
export function promising(
  query: Series,
  near: NearCandidates,
  bounds: Bounds,
  found: Nearest,
  { k, work, poll }: Search,
  look: Look,
): void {
  const { value, above } = bounds;
  const offer = (position: number, last: number, limit: number) => {
    if (last > limit) {
      work.pruned++;
      return;
    }
    const place = near.placeAt(position);
    const alone = look(place);
    // The solver reports values that are out of range.
    found.offer(place, last === Infinity ? alone() : value(last));
    work.computed++;
  };
  const compute = (which: readonly Near[]) => {
    const limit = above(found.worst());
    const positions: number[] = [];
    for (const { position, bound } of which) {
      if (bound > limit) work.pruned++;
      else positions.push(position);
    }
    if (positions.length === 0) return;
    if (bounds.isBatch(query.n, near.stepsAt(positions[0]), positions.length)) {
      const lasts = near.within(positions, limit, poll);
      for (const [at, position] of positions.entries()) offer(position, lasts[at], limit);
      return;
    }
    for (const position of positions) {
      const lower = above(found.worst());
      offer(position, bounds.alone(query, near, position, lower), lower);
    }
  };

  const least = near.quick(query, bounds.bandOf, poll);
  const inBlocks = blocks(near, compute);
  // The most promising first, so that soon few can be nearer: as many as are computed at once, or as are wanted.
  let begun = 0;
  if (found.worst() === Infinity) {
    for (const position of leastOf(least, LANES * Math.ceil(k / LANES))) {
      inBlocks.add({ position, bound: least[position] });
      least[position] = Number.NaN;
      begun++;
    }
    inBlocks.flush();
  }
  const limit = above(found.worst());
  const rest = near.closer(least, limit, poll).sort((a, b) => a.bound - b.bound);
  work.pruned += near.count - begun - rest.length;
  for (const one of rest) inBlocks.add(one);
  inBlocks.flush();
}

/** Collects candidates of the same length, eight at a time. */
function blocks(near: NearCandidates, compute: (which: readonly Near[]) => void) {
  const waiting = new Map<number, Near[]>();
  return {
    add(one: Near) {
      const m = near.stepsAt(one.position);
      const some = waiting.get(m) ?? [];
      waiting.set(m, some);
      some.push(one);
      if (some.length < LANES) return;
      waiting.delete(m);
      compute(some);
    },
    flush() {
      for (const some of waiting.values()) compute(some);
      waiting.clear();
    },
  };
}

/** So many are found faster without sorting. */
const FEW = 64;

/** The positions with the smallest bounds, in ascending order; NaN is none. */
function leastOf(bounds: Float64Array, most: number): number[] {
  if (most > FEW) {
    const all = [...bounds.keys()].filter((at) => !Number.isNaN(bounds[at]));
    return all.sort((a, b) => bounds[a] - bounds[b]).slice(0, most);
  }
  const positions: number[] = [];
  let limit = Infinity;
  for (let at = 0; at < bounds.length; at++) {
    const bound = bounds[at];
    if (!(bound < limit || positions.length < most) || Number.isNaN(bound)) continue;
    let to = Math.min(positions.length, most - 1);
    for (; to > 0 && bounds[positions[to - 1]] > bound; to--) positions[to] = positions[to - 1];
    positions[to] = at;
    if (positions.length === most) limit = bounds[positions[most - 1]];
  }
  return positions;
}
