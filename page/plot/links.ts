import { svg } from '../dom/dom.ts';
import type { Answer } from '../state/state.ts';

/** Two paired steps and how much they are: 1 on a path, less where the alignment is soft. */
export type Link = readonly [i: number, j: number, weight: number];

/** So many lines can be told apart. */
const MOST = 130;
const LEVELS = [0.15, 0.35, 0.6, 0.85];

/** The pairs to draw, and one in how many steps that is. */
export function linksOf({ path, alignment }: Answer): { links: Link[]; every: number } {
  if (path) {
    const every = Math.ceil(path.length / MOST);
    const last = path.length - 1;
    return { links: path.filter((_, k) => k % every === 0 || k === last).map(([i, j]) => [i, j, 1]), every };
  }
  if (!alignment) return { links: [], every: 1 };
  const { rows, columns, values } = alignment;
  const every = Math.ceil(rows / (MOST / 2));
  const links: Link[] = [];
  for (let i = 0; i < rows; i += every) {
    for (let j = 0; j < columns; j++) {
      const weight = values[i * columns + j];
      if (weight > 0.05) links.push([i, j, Math.min(1, weight)]);
    }
  }
  return { links, every };
}

/** The step of s2 that step i of s1 is paired with most. */
export function partnerOf({ path, alignment }: Answer, i: number): number | undefined {
  if (path) return path.find(([row]) => row === i)?.[1];
  if (!alignment) return undefined;
  const row = alignment.values.subarray(i * alignment.columns, (i + 1) * alignment.columns);
  return row.indexOf(row.reduce((most, weight) => Math.max(most, weight)));
}

/** The step of s1 that step j of s2 is paired with most. */
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
