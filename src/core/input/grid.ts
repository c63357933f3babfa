/** Numbers in one flat row-major array, with their shape: how arrays travel where lists would be too slow. */
export interface Grid {
  /** As many numbers as the shape has elements; in shared memory if it must reach workers without a copy. Integers are in an Int32Array. */
  readonly data: Float64Array | Int32Array;
  readonly shape: readonly number[];
}

/** Whether a value is a grid, including one that came from another thread. No JSON value is. */
export const isGrid = (value: unknown): value is Grid =>
  typeof value === 'object' && value !== null && 'data' in value && ArrayBuffer.isView(value.data);

/** A response whose lists of numbers may still be grids. */
export type InGrids<T> = T extends readonly (infer E)[]
  ? E extends number | readonly number[]
    ? T | Grid
    : InGrids<E>[]
  : T extends object
    ? { [K in keyof T]: InGrids<T[K]> }
    : T;

/** The same with lists in place of grids, for JSON. */
export function gridsToLists<T>(answer: InGrids<T>): T {
  return listed(answer) as T;
}

function listed(value: unknown): unknown {
  if (isGrid(value)) return listOfGrid(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return typeof value[0] === 'object' && !Array.isArray(value[0]) ? value.map(listed) : value;
  if (!hasObjects(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, listed(part)]));
}

/** A loop: most responses are small, and a list of their values would take longer than looking at them. */
function hasObjects(value: object): boolean {
  for (const name in value) {
    const part: unknown = Reflect.get(value, name);
    if (typeof part === 'object' && part !== null) return true;
  }
  return false;
}

/** The nested list of a grid's numbers; a single number if it has no dimensions. */
export function listOfGrid({ data, shape }: Grid): unknown {
  let at = 0;
  const nest = (axis: number): unknown => {
    if (axis === shape.length) return data[at++];
    const length = shape[axis];
    if (axis < shape.length - 1) return Array.from({ length }, () => nest(axis + 1));
    // A loop: Array.from takes twenty times as long.
    const row = new Array<number>(length);
    for (let i = 0; i < length; i++) row[i] = data[at++];
    return row;
  };
  return nest(0);
}
