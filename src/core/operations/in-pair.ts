import { InvalidInput } from '../errors.ts';

type Place = readonly (string | number)[];

/**
 * An error of one pair of many, with the places of its two series: `{dataset1/3, dataset2/7}` instead of s1 and s2.
 * Other errors as they are.
 */
export function inPair(error: unknown, s1: Place, s2: Place): unknown {
  if (!(error instanceof InvalidInput)) return error;
  const [name, ...rest] = error.path;
  const series = name === 's1' ? s1 : name === 's2' ? s2 : undefined;
  const message = `${error.message}; here s1 is ${s1.join('/')} and s2 is ${s2.join('/')}`;
  return new InvalidInput(message, series ? [...series, ...rest] : error.path, error.code);
}
