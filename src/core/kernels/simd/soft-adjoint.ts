import type { MoveCosts, MoveCostsOf } from '../twin/moves/move-costs.ts';
import type { Kernel, Moves } from '../types.ts';
import type { Instance } from './instance.ts';
import type { Layout } from './layout.ts';
import type { SoftKind } from './soft-kind.ts';

/** Shares of what moves pay for steps of one series by themselves, which assembly/soft-pulls.ts only sums. */
interface Sums {
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** Those of R[i,-1] and R[-1,j]. */
  readonly left: Float64Array;
  readonly above: Float64Array;
}

/** The export that passes shares back to the gradients of series of d values per step. */
export function backName(kind: SoftKind, d: number): string {
  switch (kind) {
    case 'adtw':
      return 'softBackAdtw';
    case 'wdtw':
      return 'softBackWdtw';
    case 'erp':
      return 'softBackErp';
    case 'msm':
      return 'softBackMsm';
    case 'twe':
      return d === 1 ? 'softBackTwe' : 'softBackTweAny';
    default:
      return d === 1 ? 'softBack' : 'softBackAny';
  }
}

/** Takes room for the sums, if the recurrence has any. Returns what reads them after the sweep. */
export function layOutSums(instance: Instance, kind: SoftKind, { pair: { n, m } }: Layout): (() => Sums) | undefined {
  if (kind !== 'erp' && kind !== 'msm' && kind !== 'twe') return undefined;
  const zeros = (count: number) => {
    const at = instance.takeNumbers(count);
    instance.f64.fill(0, (at >> 3) - 8, (at >> 3) + count + 8);
    return at;
  };
  const [first, second, left, above] = [zeros(n), zeros(m), zeros(n), zeros(m)];
  instance.wasm.setSums(first, second, left, above);
  return () => {
    const numbers = (at: number, count: number) => instance.f64.slice(at >> 3, (at >> 3) + count);
    return {
      first: numbers(first, n),
      second: numbers(second, m).reverse(),
      left: numbers(left, n),
      above: numbers(above, m),
    };
  };
}

/** What the paths pay for constants of the recurrence, by their shares; undefined if all that they pay follows from the series. */
export function paidForConstants(moves: Moves, spent: number, sums: Sums | undefined): number | undefined {
  switch (moves.kind) {
    case 'warp':
      return moves.penalty ? moves.penalty * spent : undefined;
    case 'msm':
      return moves.c * spent;
    case 'twe':
      return sums && spent + (moves.nu + moves.lmbda) * (sumOf(sums.first) + sumOf(sums.second));
    default:
      return undefined;
  }
}

const sumOf = (numbers: Float64Array): number => numbers.reduce((sum, number) => sum + number, 0);

/** Adds the derivatives of what was only summed. */
export function addAlone(
  costs: MoveCosts,
  { first, second, left, above }: Sums,
  s1: Float64Array,
  s2: Float64Array,
): void {
  costs.aloneAdjoint?.({ first, second }, s1, s2);
  costs.borderAdjoint?.({ left, above }, s1, s2);
}

/** A kernel whose gradient is spread from its alignment by the plain loops: for recurrences in which all moves into a cell cost the same. */
export function withSpreadGradient({ value, alignment }: Kernel, costsOf: MoveCostsOf): Kernel {
  return {
    value,
    alignment,
    gradient(pair, band, poll) {
      const found = alignment(pair, band, poll);
      const costs = costsOf(pair);
      const s1 = new Float64Array(pair.s1.length);
      const s2 = new Float64Array(pair.s2.length);
      const none = new Float64Array(pair.m);
      for (let i = 0; i < pair.n; i++) {
        poll();
        // Which move led to a cell does not matter.
        const diagonal = found.alignment.subarray(i * pair.m, (i + 1) * pair.m);
        costs.adjoint(i, 0, pair.m - 1, { diagonal, up: none, left: none }, s1, s2);
      }
      return { value: found.value, s1, s2 };
    },
  };
}
