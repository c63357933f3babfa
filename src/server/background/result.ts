import { withFirst } from '../http/begun.ts';
import { Problem } from '../http/errors.ts';
import { arraysOf } from '../npz/arrays.ts';
import { namedTypes } from '../npz/named-types.ts';
import { headerOf, type Npy } from '../npz/npy.ts';
import { npzStream, type StreamedNpy } from '../npz/write.ts';
import type { Store } from '../store/store.ts';
import { AnswerFiles } from './answer-files.ts';
import { Damaged } from './damaged.ts';
import { MatrixFiles } from './matrix-files.ts';
import type { TiledJob } from './tiled-job.ts';

/** How often to say that it is still being read, so that it is not collected. */
const READING_MS = 20_000;

/** What is said to whoever keeps the result. */
interface Told {
  readonly damaged: (tile: number) => Promise<void>;
  readonly reading: () => Promise<void>;
}

/** The result of a job: a matrix that is read in chunks, or a response. */
export class Result {
  readonly job: TiledJob;
  readonly #store: Store;
  readonly #id: string;
  readonly #digests: readonly string[];
  readonly #told: Told;

  constructor(store: Store, id: string, job: TiledJob, digests: readonly string[], told: Told) {
    this.#store = store;
    this.#id = id;
    this.job = job;
    this.#digests = digests;
    this.#told = told;
  }

  /** The shape of the matrix, if it is one. */
  get shape(): readonly [number, number] | undefined {
    return this.job.tiling.matrix?.shape;
  }

  /** The response of a job whose result is not a matrix. @throws Problem `result_damaged` */
  answer(): Promise<object> {
    const { join } = this.job.tiling;
    const files = new AnswerFiles(this.#store, this.#id);
    return this.#whole(async () => (join as NonNullable<typeof join>)(await files.all(this.#digests)));
  }

  /** The matrix as JSON. */
  async *json(): AsyncGenerator<string> {
    const { matrix } = this.job.tiling;
    const { operation } = this.job;
    let mark = `{"${operation.matrix}":[`;
    for await (const row of this.#rows()) {
      yield `${mark}${JSON.stringify(Array.from(row))}`;
      mark = ',';
    }
    yield `],${JSON.stringify(matrix?.also).slice(1)}`;
  }

  /** Its rows, as the lines of the operation. */
  async *rows(): AsyncGenerator<Iterable<object>> {
    let k = 0;
    for await (const row of this.#rows()) yield [{ row: k++, values: Array.from(row) }];
  }

  /** The matrix as an .npy. Nothing is sent before the first rows are there. */
  async *npy(): AsyncGenerator<Uint8Array> {
    const parts = await withFirst(this.#parts());
    yield headerOf('<f8', this.shape as [number, number]);
    for await (const { buffer, byteOffset, byteLength } of parts) yield new Uint8Array(buffer, byteOffset, byteLength);
  }

  /** The whole response as an .npz. */
  async *npz(): AsyncGenerator<Uint8Array> {
    const { operation, record, tiling } = this.job;
    const pieces = await withFirst(this.npy());
    const also = arraysOf(tiling.matrix?.also ?? {}, namedTypes(operation.answer(record)));
    const whole = { bytes: this.#npyBytes, pieces };
    yield* npzStream(new Map<string, Npy | StreamedNpy>([[operation.matrix as string, whole], ...also]));
  }

  get #npyBytes(): number {
    const [rows, columns] = this.shape as [number, number];
    return headerOf('<f8', [rows, columns]).length + 8 * rows * columns;
  }

  async *#rows(): AsyncGenerator<Float64Array> {
    const columns = this.shape?.[1] as number;
    for await (const part of this.#parts()) {
      for (let at = 0; at < part.length; at += columns) yield part.subarray(at, at + columns);
    }
  }

  async *#parts(): AsyncGenerator<Float64Array> {
    const { matrix } = this.job.tiling;
    if (matrix === undefined) throw new Error('the result is not a matrix');
    const parts = new MatrixFiles(this.#store, this.#id, matrix).rows(this.#digests);
    // However long a slow reader takes for one of them. That it is read goes on without the database.
    const telling = setInterval(() => void this.#told.reading().catch(() => {}), READING_MS).unref();
    try {
      for (;;) {
        const { done, value } = await this.#whole(() => parts.next());
        if (done) return;
        yield value;
      }
    } finally {
      clearInterval(telling);
    }
  }

  /** Damaged data are never served, but recomputed. */
  async #whole<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Damaged)) throw error;
      await this.#told.damaged(error.tile);
      throw new Problem('result_damaged', `tile ${error.tile} of the result is damaged and is being recomputed`, {
        headers: { 'retry-after': '10' },
        cause: error,
      });
    }
  }
}
