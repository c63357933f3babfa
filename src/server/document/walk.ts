/** A part of a document: an object of JSON. */
export interface Part {
  [key: string]: unknown;
}

/** What holds values as a caller sends or gets them, not schemas. */
const VALUES = new Set(['example', 'examples', 'x-example', 'x-examples', 'default', 'enum', 'const']);

export const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A copy in which `change` was applied to every object from the leaves up, with the key under which it is; values of examples stay as they are. */
export function mapParts(value: unknown, change: (part: Part, key: string) => unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => mapParts(one, change, key));
  if (!isPart(value)) return value;
  const mapped = Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, VALUES.has(name) ? one : mapParts(one, change, name)]),
  );
  return change(mapped, key);
}

/** Whether two values are the same JSON, in whatever order their keys are. */
export const isSame = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

/** The JSON of a value with its keys in order. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, one) => (isPart(one) ? Object.fromEntries(Object.entries(one).sort(byKey)) : one));

const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0);

/** `soft-dtw` and `global_constraint` as names of types: `SoftDtw`, `GlobalConstraint`. */
export const typeName = (words: string): string =>
  words.replaceAll(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** A reference to a component. */
export const refTo = (kind: string, name: string): Part => ({ $ref: `#/components/${kind}/${name}` });
