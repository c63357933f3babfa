import { closestMatch } from 'leven';

/** Longer names are not typos, and comparing them would take time. */
const LONGEST = 64;

/**
 * The known name that an unknown one most likely stands for: the same except for case, hyphens, underscores and spaces, or two letters in
 * the wrong order; otherwise the one with the fewest letters to change, at most a third of them; otherwise the only one that contains it.
 * Undefined if none is close.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = letters(name);
  if (wanted === '' || name.length > LONGEST) return undefined;
  const byLetters = new Map(known.map((one) => [letters(one), one]));
  const near =
    [wanted, ...swaps(wanted)].find((one) => byLetters.has(one)) ??
    closestMatch(wanted, [...byLetters.keys()], { maxDistance: Math.floor(wanted.length / 3) });
  if (near !== undefined) return byLetters.get(near);
  const around = wanted.length > 3 ? known.filter((one) => letters(one).includes(wanted)) : [];
  return around.length === 1 ? around[0] : undefined;
}

/** Whether two names differ in nothing but case, hyphens, underscores and spaces. */
export const isSameName = (a: string, b: string): boolean => letters(a) === letters(b);

const letters = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, '');

/** All variants of a text with two neighbouring letters swapped. */
const swaps = (text: string): string[] =>
  Array.from(
    { length: text.length - 1 },
    (_, at) => `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`,
  );
