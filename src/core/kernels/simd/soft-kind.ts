import type { Moves } from '../types.ts';
import { sweepName } from './layout.ts';
import type { SweepKind } from './move-tables.ts';

/** The recurrences that the module has soft sweeps for. */
export type SoftKind = Exclude<SweepKind, 'frechet' | 'edr'>;

/** Whether there is a single path: it visits at least max(n, m) cells. For gak a cost is none of a path, and over a border lead others. */
export const hasOnePath = (kind: SoftKind, cells: number, n: number, m: number): boolean =>
  kind !== 'gak' && kind !== 'erp' && cells === Math.max(n, m);

/** The sweep by the name of its export. */
export function softSweepName(kind: SoftKind, d: number, moves: Moves): string {
  const name = sweepName(kind, d, moves);
  return `soft${name[0].toUpperCase()}${name.slice(1)}`;
}
