import { svg } from '../dom/dom.ts';
import type { Answer, Shown } from '../state/state.ts';

/** Two paired steps and their weight: 1 on a path, less if the alignment is soft. */
export type Link = readonly [i: number, j: number, weight: number];

/** Closer lines form moiré patterns: minimum pixels between the ends of two, summed over both sides. */
const GAP = 10;
/** Fans of a soft alignment are apart by more: each is several lines. */
const FANS = 18;
const LEVELS = [0.15, 0.35, 0.6, 0.85];

/** All pairs: from the path, the alignment, the shift, or because the metric compares step by step. */
export function pairsOf(
  { answer, channel = 0 }: Pick<Shown, 'answer' | 'channel'>,
  steps: readonly [n: number, m: number],
  stepwise: boolean,
): Link[] {
  const { path, alignment, shift } = answer ?? {};
  if (path) return path.map(([i, j]) => [i, j, 1]);
  if (alignment) return weighted(alignment);
  const [n, m] = steps;
  const by = stepwise ? 0 : [shift].flat()[channel];
  if (by === undefined) return [];
  return Array.from({ length: n }, (_, i): Link => [i, i - by, 1]).filter(([, j]) => j >= 0 && j < m);
}

function weighted({ rows, columns, values }: NonNullable<Answer['alignment']>): Link[] {
  const links: Link[] = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const weight = values[i * columns + j];
      if (weight > 0.05) links.push([i, j, Math.min(1, weight)]);
    }
  }
  return links;
}

/** The pairs that can be drawn without overlap. `at` gives the positions of their ends, or undefined outside the figure. */
export function thinned(
  links: readonly Link[],
  at: (i: number, j: number) => readonly [number, number] | undefined,
): Link[] {
  let [lastI, lastA, lastB] = [-1, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let open = false;
  return links.filter(([i, j, weight]) => {
    const ends = at(i, j);
    if (ends === undefined) return false;
    const [a, b] = ends;
    // A soft alignment has fans: whole fans are skipped, and so are lines of one that run together.
    if (weight < 1 && i === lastI) {
      if (!open || Math.abs(b - lastB) < GAP / 2) return false;
      lastB = b;
      return true;
    }
    const soft = weight < 1 && i !== lastI;
    const far = Math.abs(a - lastA) + (soft ? 0 : Math.abs(b - lastB)) >= (soft ? FANS : GAP);
    if (i !== lastI) open = far;
    lastI = i;
    if (!far) return false;
    [lastA, lastB] = [a, b];
    return true;
  });
}

/** The step of s2 with the largest weight for step i of s1. */
export function partnerOf({ path, alignment }: Answer, i: number): number | undefined {
  if (path) return path.find(([row]) => row === i)?.[1];
  if (!alignment) return undefined;
  const row = alignment.values.subarray(i * alignment.columns, (i + 1) * alignment.columns);
  return row.indexOf(row.reduce((most, weight) => Math.max(most, weight)));
}

/** The step of s1 with the largest weight for step j of s2. */
export function partnerBack({ path, alignment }: Answer, j: number): number | undefined {
  if (path) return path.find(([, column]) => column === j)?.[0];
  if (!alignment) return undefined;
  let best = 0;
  for (let i = 1; i < alignment.rows; i++) {
    if (alignment.values[i * alignment.columns + j] > alignment.values[best * alignment.columns + j]) best = i;
  }
  return best;
}

/** The pairs as thin lines, one element for each level of weight. */
export function linkLines(links: readonly Link[], ends: (i: number, j: number) => string): SVGGElement {
  const paths = LEVELS.map((level, k) => {
    const from = k === 0 ? 0 : (LEVELS[k - 1] + level) / 2;
    const to = k === LEVELS.length - 1 ? Number.POSITIVE_INFINITY : (level + LEVELS[k + 1]) / 2;
    const inside = links.filter(([, , weight]) => weight > from && weight <= to);
    return svg('path', { d: inside.map(([i, j]) => ends(i, j)).join(''), 'stroke-opacity': level });
  });
  return svg('g', { class: 'links' }, ...paths);
}
