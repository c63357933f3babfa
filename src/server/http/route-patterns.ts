import { nearestName } from '../../core/server-door.ts';

/** A route whose path has parameters, as `/datasets/:name`, and one of its methods. */
export interface Pattern {
  readonly url: string;
  readonly method: string;
}

const partsOf = (path: string): string[] => path.split('/').slice(1);
const isParameter = (part: string): boolean => part.startsWith(':');

/** Whether a path is one of a pattern. */
export function isOf({ url }: Pattern, path: string): boolean {
  const [parts, given] = [partsOf(url), partsOf(path)];
  return (
    parts.length === given.length &&
    parts.every((part, at) => (isParameter(part) ? given[at] !== '' : part === given[at]))
  );
}

/** The path that was meant, where every word of a pattern is near the one that was given; its parameters stay as they are. */
export function nearestOfPattern({ url }: Pattern, path: string): string | undefined {
  const [parts, given] = [partsOf(url), partsOf(path).filter((part) => part !== '')];
  if (parts.length !== given.length) return undefined;
  const isNear = (part: string, at: number) =>
    isParameter(part) || nearestName(given[at] as string, [part]) !== undefined;
  if (!parts.every(isNear)) return undefined;
  return `/${parts.map((part, at) => (isParameter(part) ? given[at] : part)).join('/')}`;
}
