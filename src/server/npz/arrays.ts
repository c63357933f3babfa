import { type Grid, isGrid } from '../../core/server-door.ts';
import { type Dtype, joined, type NamedType } from './named-types.ts';
import { type Npy, npyOf } from './npy.ts';
import { padded } from './padded.ts';

/**
 * A response as named arrays: grids as they are, lists of numbers, and numbers, booleans and strings as arrays without dimensions. A list of
 * objects becomes a column for each field; if the entries of a column are lists themselves, they may differ in length and are numbered. A list of
 * grids is padded with NaN, as a dataset is.
 */
export function arraysOf(answer: object, types: ReadonlyMap<string, NamedType>): Map<string, Npy> {
  const found = new Map<string, Npy>();
  const add = (value: unknown, name: string, type: string): void => {
    if (value === undefined) return;
    if (isGrids(value)) found.set(name, npyOf(padded(value), types.get(type)?.dtype as Dtype));
    else if (isObjects(value)) addColumns(value, name, type);
    else if (typeof value === 'object' && !Array.isArray(value) && !isGrid(value)) addFields(value ?? {}, name, type);
    else found.set(name, npyOf(value, types.get(type)?.dtype as Dtype));
  };
  const addFields = (object: object, name: string, type: string): void => {
    for (const [key, field] of Object.entries(object)) add(field, joined(name, key), joined(type, key));
  };
  const addColumns = (rows: readonly Record<string, unknown>[], name: string, type: string): void => {
    for (const key of new Set(rows.flatMap(Object.keys))) {
      const column = rows.map((row) => row[key]);
      const [to, of] = [joined(name, key), joined(type, key)];
      if (column.every((one) => typeof one !== 'object')) add(column, to, of);
      else for (const [at, one] of column.entries()) add(one, joined(to, at), of);
    }
  };
  addFields(answer, '', '');
  return found;
}

const isGrids = (value: unknown): value is readonly Grid[] =>
  Array.isArray(value) && value.length > 0 && isGrid(value[0]);

const isObjects = (value: unknown): value is readonly Record<string, unknown>[] =>
  Array.isArray(value) && typeof value[0] === 'object' && !Array.isArray(value[0]);
