/** Numbers in one flat row-major array, with their shape: how arrays travel where lists would cost. */
export class Grid {
  readonly data: Float64Array;
  readonly shape: readonly number[];

  /** @param data as many numbers as the shape has places; shared memory where it shall reach workers without a copy */
  constructor(data: Float64Array, shape: readonly number[]) {
    this.data = data;
    this.shape = shape;
  }
}

/** The nested list of a grid's numbers; a number alone where it has no dimensions. */
export function listOfGrid({ data, shape }: Grid): unknown {
  let at = 0;
  const nest = (axis: number): unknown =>
    axis === shape.length ? data[at++] : Array.from({ length: shape[axis] as number }, () => nest(axis + 1));
  return nest(0);
}
