import type { Extra } from '../../core/server-door.ts';
import { JSON_TYPE, NDJSON, NPY, NPZ } from '../http/media-types.ts';
import type { Operation } from './operation.ts';

/** The media types in which an operation can respond; the first is the default. */
export const formatsOf = ({ row, matrix }: Operation): string[] => [
  JSON_TYPE,
  ...(row ? [NDJSON] : []),
  NPZ,
  ...(matrix ? [NPY] : []),
];

/** Those in which it can respond with the given flags: one array has no room for what they ask for, and rows only for what belongs to one of them. */
export function formatsWith(operation: Operation, query: Readonly<Partial<Record<Extra, boolean>>>): string[] {
  const { wholeWith = [] } = operation;
  const asked = Object.entries(query).flatMap(([flag, on]) => (on ? [flag as Extra] : []));
  if (asked.length === 0) return formatsOf(operation);
  return formatsOf(operation).filter(
    (type) => type !== NPY && !(type === NDJSON && asked.some((flag) => wholeWith.includes(flag))),
  );
}
