import type { Poll } from '../types.ts';
import type { Instance } from './instance.ts';
import { LANES } from './lanes.ts';
import type { Steps } from './move-tables.ts';

/** The smallest and the largest value around each step: rows of d numbers, or a single row for all steps. */
interface Around {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Candidates in lanes, kept for one query after another. */
export interface BoundedCandidates {
  /** LB_Keogh and LB_Kim, squared, of a query with every candidate, from its envelope for candidates of m steps. `to` is indexed like the candidates. */
  bound(query: Steps, around: (m: number) => Around, to: Float64Array, poll: Poll): void;
  /** Frees them. */
  release(): void;
}

/** Lays out candidates of d values per step, eight of the same length at a time. */
export function simdBounds(instance: Instance, candidates: readonly Steps[], d: number, poll: Poll): BoundedCandidates {
  instance.reset();
  const places = Array.from(candidates.keys()).sort((a, b) => candidates[a].n - candidates[b].n || a - b);
  const blocks: { at: number; m: number; places: number[] }[] = [];
  for (const place of places) {
    const { data, n: m } = candidates[place];
    let block = blocks.at(-1);
    if (block === undefined || block.m !== m || block.places.length === LANES) {
      poll();
      block = { at: instance.take(64 * m * d), m, places: [] };
      instance.f64.fill(0, block.at >> 3, (block.at >> 3) + LANES * m * d);
      blocks.push(block);
    }
    const { f64 } = instance;
    for (let v = 0, to = (block.at >> 3) + block.places.length; v < data.length; v++, to += LANES) f64[to] = data[v];
    block.places.push(place);
  }
  instance.hold();
  return {
    bound(query, around, to, poll) {
      instance.reset();
      const longest = blocks.at(-1)?.m ?? 0;
      const lower = instance.take(8 * longest * d);
      const upper = instance.take(8 * longest * d);
      const steps = instance.take(8 * query.data.length);
      const out = instance.take(64);
      instance.f64.set(query.data, steps >> 3);
      const { f64, wasm } = instance;
      let m = -1;
      for (const [b, block] of blocks.entries()) {
        if (b % POLL_EVERY === 0) poll();
        if (block.m !== m) {
          m = block.m;
          const envelope = around(m);
          spread(envelope.lower, f64.subarray(lower >> 3, (lower >> 3) + m * d));
          spread(envelope.upper, f64.subarray(upper >> 3, (upper >> 3) + m * d));
        }
        const last = steps + 8 * d * (query.n - 1);
        wasm.boundLanes(block.at, m, d, lower, upper, steps, last, query.n === 1 && m === 1, out);
        for (let l = 0; l < block.places.length; l++) to[block.places[l]] = f64[(out >> 3) + l];
      }
    },
    release() {
      instance.letGo();
      instance.settle();
    },
  };
}

/** Blocks between two polls. */
const POLL_EVERY = 64;

/** Repeats a single row. */
function spread(rows: Float64Array, to: Float64Array): void {
  if (rows.length === to.length) to.set(rows);
  else for (let at = 0; at < to.length; at++) to[at] = rows[at % rows.length];
}
