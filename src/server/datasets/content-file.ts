import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { type Dataset, InvalidInput, type Series } from '../../core/server-door.ts';
import type { Sink } from '../formats/format.ts';
import { asStoreFailure } from '../store/store.ts';

// The canonical form of a data set, in which it is stored and its digest computed: all values as little-endian float64, series after series; the
// lengths as little-endian int32, padded to 8 bytes; the labels as a JSON array of strings, or nothing; a footer of 48 bytes. The same
// data set gives the same file, whatever format it came in.

/** At the end of each file. */
const MAGIC = 'warpset1';
export const FOOTER = 48;

/** The contents of a footer, and the offsets of the parts. */
export interface Layout {
  readonly count: number;
  readonly d: number;
  readonly valuesBytes: number;
  readonly labelsBytes: number;
}

export const lengthsBytes = (count: number): number => Math.ceil(count / 2) * 8;

/** The size of the whole file. */
export const sizeOf = ({ count, valuesBytes, labelsBytes }: Layout): number =>
  valuesBytes + lengthsBytes(count) + labelsBytes + FOOTER;

/** The figures of a data set that was written. */
export interface Written extends Layout {
  /** sha256 of the file, in hex. */
  readonly digest: string;
  readonly lengths: Int32Array;
  readonly labels: readonly string[] | undefined;
}

/** Writes a content file series by series, and computes its digest along the way. Synchronous, for use on a worker. */
export class ContentWriter implements Sink {
  readonly #file: number;
  readonly #hash = createHash('sha256');
  readonly #lengths: number[] = [];
  #labels: string[] = [];
  #all: readonly string[] | undefined;
  readonly #limit: number;
  #d = 0;
  #bytes = 0;
  #buffer = Buffer.allocUnsafe(1 << 20);
  #filled = 0;

  /** @param limit maximum bytes of values. @throws StoreFailure, as do the methods that write, if the disk is full */
  constructor(path: string, limit: number) {
    this.#file = onDisk(() => openSync(path, 'wx'));
    this.#limit = limit;
  }

  /** Adds n steps of d values, none of them missing. @throws InvalidInput for a d that differs from the first one's, and above the limit */
  add({ data: values, d }: Pick<Series, 'data' | 'd'>, label?: string): void {
    const k = this.#lengths.length;
    if (k === 0) this.#d = d;
    if (d !== this.#d) {
      throw new InvalidInput(`all series must have the same number of values per step: ${this.#d} and ${d} differ`, [
        'series',
        k,
      ]);
    }
    if (label !== undefined) {
      if (this.#labels.length < k) throw new InvalidInput('either all series have a label or none', ['labels', k]);
      this.#labels.push(label);
    } else if (this.#labels.length > 0) throw new InvalidInput('either all series have a label or none', ['labels', k]);
    if (this.#bytes + values.byteLength > this.#limit) {
      throw new InvalidInput(`the data set has more than ${this.#limit} bytes of values`, [], 'body_too_large');
    }
    this.#lengths.push(values.length / d);
    this.#bytes += values.byteLength;
    this.#write(bytesOf(values));
  }

  /** Sets the labels of all series at once. */
  labelAll(labels: readonly string[]): void {
    this.#all = labels;
  }

  /** @throws InvalidInput for a data set without series, or with the wrong number of labels */
  end(): Written {
    const count = this.#lengths.length;
    if (count === 0) throw new InvalidInput('the data set has no series', ['series'], 'empty_series');
    const labels = this.#all ?? (this.#labels.length > 0 ? this.#labels : undefined);
    if (labels && labels.length !== count) {
      throw new InvalidInput(`there are ${labels.length} labels for ${count} series: give one per series`, ['labels']);
    }
    const lengths = Int32Array.from(this.#lengths);
    const padded = Buffer.alloc(lengthsBytes(count));
    padded.set(bytesOf(lengths));
    this.#write(padded);
    const text = Buffer.from(labels ? JSON.stringify(labels) : '');
    this.#write(text);
    const layout = { count, d: this.#d, valuesBytes: this.#bytes, labelsBytes: text.length };
    this.#write(footerOf(layout));
    this.#flush();
    return { ...layout, digest: this.#hash.digest('hex'), lengths, labels };
  }

  /** Closes the file as it is. */
  close(): void {
    closeSync(this.#file);
  }

  #write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    for (let at = 0; at < bytes.length; ) {
      const part = Math.min(bytes.length - at, this.#buffer.length - this.#filled);
      this.#buffer.set(bytes.subarray(at, at + part), this.#filled);
      this.#filled += part;
      at += part;
      if (this.#filled === this.#buffer.length) this.#flush();
    }
  }

  #flush(): void {
    for (let at = 0; at < this.#filled; ) {
      at += onDisk(() => writeSync(this.#file, this.#buffer, at, this.#filled - at));
    }
    this.#filled = 0;
  }
}

/** @throws StoreFailure if the file system fails */
function onDisk(run: () => number): number {
  try {
    return run();
  } catch (error) {
    throw asStoreFailure('a data set cannot be written', error);
  }
}

function footerOf({ count, d, valuesBytes, labelsBytes }: Layout): Buffer {
  const footer = Buffer.alloc(FOOTER);
  footer.writeBigUInt64LE(BigInt(count), 0);
  footer.writeBigUInt64LE(BigInt(d), 8);
  footer.writeBigUInt64LE(BigInt(valuesBytes), 16);
  footer.writeBigUInt64LE(BigInt(labelsBytes), 24);
  footer.write(MAGIC, FOOTER - MAGIC.length, 'latin1');
  return footer;
}

/** The layout of a whole content file in memory. @throws RangeError for anything else */
export const layoutOf = (file: Uint8Array): Layout => layoutOfFooter(file.subarray(file.length - FOOTER), file.length);

/** The layout that a footer describes, of a file of the given size. @throws RangeError for an invalid footer, or a file of another size */
export function layoutOfFooter(footer: Uint8Array, size: number): Layout {
  const bytes = Buffer.from(footer.buffer, footer.byteOffset, footer.byteLength);
  if (bytes.length !== FOOTER || bytes.toString('latin1', FOOTER - MAGIC.length) !== MAGIC) {
    throw new RangeError('not a content file');
  }
  const number = (offset: number) => Number(bytes.readBigUInt64LE(offset));
  const layout = { count: number(0), d: number(8), valuesBytes: number(16), labelsBytes: number(24) };
  if (sizeOf(layout) !== size) throw new RangeError('the size of the content file does not match its footer');
  return layout;
}

/** The data set of a whole content file in shared memory: views of it, no copy. */
export function datasetOf(file: Uint8Array<SharedArrayBuffer>): Dataset {
  const { count, d, valuesBytes } = layoutOf(file);
  const data = new Float64Array(file.buffer, file.byteOffset, valuesBytes / 8);
  const lengths = new Int32Array(file.buffer, file.byteOffset + valuesBytes, count);
  const starts = new Int32Array(new SharedArrayBuffer(4 * count));
  for (let k = 1; k < count; k++) starts[k] = starts[k - 1] + lengths[k - 1] * d;
  return { data, starts, lengths, d };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
