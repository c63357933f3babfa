import type { Allowed } from './band.ts';

/** A move into cell (i, j): from (i-1, j-1), (i-1, j) or (i, j-1). On the border i or j is -1. */
export interface Move {
  readonly i: number;
  readonly j: number;
  readonly from: 'diagonal' | 'up' | 'left';
}

/**
 * Visits every path from (-1, -1) to (n-1, m-1) through allowed cells, as its moves. With `border`, a path may run along row or
 * column -1 first: steps that are skipped before anything is matched. Without it, the first move is the diagonal one into (0, 0).
 */
export function forEachPath(
  n: number,
  m: number,
  allowed: Allowed,
  border: boolean,
  visit: (path: readonly Move[]) => void,
): void {
  const path: Move[] = [];
  const enter = (i: number, j: number, from: Move['from']) => {
    if (i >= n || j >= m) return;
    const outside = i < 0 || j < 0;
    if (outside ? !border : !allowed(i, j)) return;
    if (!border && path.length === 0 && from !== 'diagonal') return;
    path.push({ i, j, from });
    leave(i, j);
    path.pop();
  };
  const leave = (i: number, j: number) => {
    if (i === n - 1 && j === m - 1) {
      visit(path);
      return;
    }
    enter(i + 1, j + 1, 'diagonal');
    enter(i + 1, j, 'up');
    enter(i, j + 1, 'left');
  };
  leave(-1, -1);
}

/** The cells of a path as a response shows them: one that enters over the border begins along the edge of the table. */
export function shownCells(path: readonly Move[]): [number, number][] {
  const cells = path.filter(({ i, j }) => i >= 0 && j >= 0).map(({ i, j }): [number, number] => [i, j]);
  const [a, b] = cells[0] as [number, number];
  const edge = Array.from({ length: a + b }, (_, k): [number, number] => (b === 0 ? [k, 0] : [0, k]));
  return [...edge, ...cells];
}

/** Visits every chain of cells that goes forward in both series, the empty one too. */
export function forEachChain(
  n: number,
  m: number,
  allowed: Allowed,
  visit: (chain: readonly (readonly [number, number])[]) => void,
): void {
  const chain: [number, number][] = [];
  const extend = (i: number, j: number) => {
    visit(chain);
    for (let a = i + 1; a < n; a++) {
      for (let b = j + 1; b < m; b++) {
        if (!allowed(a, b)) continue;
        chain.push([a, b]);
        extend(a, b);
        chain.pop();
      }
    }
  };
  extend(-1, -1);
}
