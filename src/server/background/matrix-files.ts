import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { TiledMatrix } from '../operations/operation.ts';
import { type Store, StoreFailure } from '../store/store.ts';
import { Damaged } from './damaged.ts';
import { digestOf } from './digest.ts';
import { putIntact } from './put-intact.ts';

/** Between the digests of the blocks of a tile; within them, between a block and its mirrored one. */
export const BETWEEN_BLOCKS = ',';
const BETWEEN_MIRRORED = ' ';

/** Bytes of rows to read together. */
const AT_ONCE = 16 * 2 ** 20;

/**
 * A matrix in the store, as a Zarr array (version 3): one file per block, little-endian float64, row-major; those at the ends are padded with
 * NaN. It can be opened in the store with any Zarr library.
 */
export class MatrixFiles {
  readonly #store: Store;
  readonly #folder: string;
  readonly #matrix: TiledMatrix;

  constructor(store: Store, job: string, matrix: TiledMatrix) {
    this.#store = store;
    this.#folder = folderOf(job);
    this.#matrix = matrix;
  }

  /** Writes the metadata for Zarr. */
  async describe(): Promise<void> {
    const { shape, sides } = this.#matrix;
    const metadata = {
      zarr_format: 3,
      node_type: 'array',
      shape,
      data_type: 'float64',
      chunk_grid: { name: 'regular', configuration: { chunk_shape: sides } },
      chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
      fill_value: 'NaN',
      codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
      attributes: {},
    };
    const bytes = Buffer.from(JSON.stringify(metadata));
    await putIntact(this.#store, `${this.#folder}zarr.json`, bytes, digestOf(bytes));
  }

  /** Stores a block, and its mirrored one. The same block again changes nothing. @returns the digests of their bytes */
  async put([row, column]: readonly [number, number], values: Float64Array): Promise<string> {
    const { sides, mirrored } = this.#matrix;
    const [height, width] = this.#sizeOf(row, column);
    const whole = height === sides[0] && width === sides[1];
    const digest = await this.#putBlock(row, column, whole ? values : padded(values, height, width, sides));
    if (!mirrored || row === column) return digest;
    const [side] = sides;
    const other = scratch.pop() ?? new Float64Array(side * side);
    const turned = other.length === side * side ? other : new Float64Array(side * side);
    if (!whole) turned.fill(Number.NaN);
    for (let i = 0; i < height; i++) for (let j = 0; j < width; j++) turned[j * side + i] = values[i * width + j];
    try {
      return `${digest}${BETWEEN_MIRRORED}${await this.#putBlock(column, row, turned)}`;
    } finally {
      if (scratch.length < MOST_SCRATCH) scratch.push(turned);
    }
  }

  async #putBlock(row: number, column: number, values: Float64Array): Promise<string> {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const digest = digestOf(bytes);
    await putIntact(this.#store, this.#key(row, column), bytes, digest);
    return digest;
  }

  /**
   * The rows in order, several at a time, each part as one array of whole rows. Blocks are checked against the digests of their tiles before their first row.
   *
   * @throws Damaged with the tile of a block that is not what was stored
   */
  async *rows(tiles: readonly string[]): AsyncGenerator<Float64Array> {
    const digests = tiles.map((digest) => digest.split(BETWEEN_BLOCKS));
    const { shape, sides } = this.#matrix;
    const [rows, columns] = shape;
    const across = Math.ceil(columns / sides[1]);
    for (let row = 0; row * sides[0] < rows; row++) {
      for (let column = 0; column < across; column++) await this.#check(row, column, digests);
      const height = Math.min(sides[0], rows - row * sides[0]);
      const several = Math.max(1, Math.floor(AT_ONCE / (8 * columns)));
      for (let from = 0; from < height; from += several) {
        yield await this.#part(row, from, Math.min(height, from + several));
      }
    }
  }

  async #part(row: number, from: number, to: number): Promise<Float64Array> {
    const { shape, sides } = this.#matrix;
    const columns = shape[1];
    const [, side] = sides;
    const part = new Float64Array((to - from) * columns);
    for (let column = 0; column * side < columns; column++) {
      const stream = await this.#store.get(this.#key(row, column), { from: 8 * side * from, to: 8 * side * to });
      if (stream === undefined) throw new StoreFailure(`${this.#key(row, column)} is gone`);
      const bytes = await buffer(stream);
      const values = new Float64Array(Uint8Array.from(bytes).buffer);
      const width = Math.min(side, columns - column * side);
      for (let i = 0; i < to - from; i++)
        part.set(values.subarray(i * side, i * side + width), i * columns + column * side);
    }
    return part;
  }

  async #check(row: number, column: number, digests: readonly (readonly string[])[]): Promise<void> {
    const [tile, at] = this.#matrix.place(row, column);
    const [own, mirrored] = ((digests[tile] as readonly string[])[at] as string).split(BETWEEN_MIRRORED);
    const isMirrored = mirrored !== undefined && row > column;
    const stream = await this.#store.get(this.#key(row, column));
    const hash = createHash('sha256');
    if (stream) for await (const piece of stream) hash.update(piece);
    if (stream === undefined || hash.digest('hex') !== (isMirrored ? mirrored : own)) throw new Damaged(tile);
  }

  #sizeOf(row: number, column: number): [number, number] {
    const { shape, sides } = this.#matrix;
    return [Math.min(sides[0], shape[0] - row * sides[0]), Math.min(sides[1], shape[1] - column * sides[1])];
  }

  #key(row: number, column: number): string {
    return `${this.#folder}c/${row}/${column}`;
  }
}

/** Blocks to turn others in: a new one of megabytes for every tile would keep the garbage collector at work. */
const scratch: Float64Array[] = [];
const MOST_SCRATCH = 2;

function padded(
  values: Float64Array,
  height: number,
  width: number,
  [rows, columns]: readonly [number, number],
): Float64Array {
  const block = new Float64Array(rows * columns).fill(Number.NaN);
  for (let i = 0; i < height; i++) block.set(values.subarray(i * width, (i + 1) * width), i * columns);
  return block;
}

/** Where the matrix of a job is: a Zarr array. */
const folderOf = (job: string): string => `jobs/${job}/matrix/`;
