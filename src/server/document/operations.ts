import type { Part } from './walk.ts';

/** The operations of a document. */
export const operationsOf = ({ paths }: Part): Part[] =>
  Object.values(paths as Part).flatMap((methods) => Object.values(methods as Part)) as Part[];

/** The document with its operations changed. */
export const mapOperations = (document: Part, change: (operation: Part) => Part): Part => ({
  ...document,
  paths: mapValues(document.paths as Part, (methods) => mapValues(methods, change)),
});

export const mapValues = (part: Part, change: (value: Part, key: string) => unknown): Part =>
  Object.fromEntries(Object.entries(part).map(([key, value]) => [key, change(value as Part, key)]));
