import { closestMatch } from 'leven';

/** Longer names are nobody's slip of the pen, and comparing them would take time. */
const LONGEST = 64;

/**
 * The known name that a wrong one was most likely meant to be: the same but for case, hyphens, underscores and spaces, or two letters in
 * the wrong order; else the one with the fewest letters to change, and no more than a third of them; else the only one that it is a part of.
 * Undefined where none is near.
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

const letters = (name: string): string => name.toLowerCase().replace(/[-_\s]/g, '');

/** A text with two neighbouring letters exchanged, for every two. */
const swaps = (text: string): string[] =>
  Array.from(
    { length: text.length - 1 },
    (_, at) => `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`,
  );
