import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { ZipFile as ZipWriter } from 'yazl';
import { Cancelled, InvalidInput, loadNumpy } from '../../core/server-door.ts';
import { headerOf } from '../npz/npy.ts';
import { EPOCH } from '../npz/write.ts';
import { type Content, type Format, longestOf } from './format.ts';
import { readStack, stackOf } from './npy.ts';

/** More entries than a data set has. */
const MAX_ENTRIES = 64;
/** Maximum bytes of the labels. */
const MAX_LABELS = 64 * 2 ** 20;

/** `X`, and the labels `y` if there are any, as written by numpy.savez(file, X=X, y=y). */
export const npz: Format = {
  name: 'npz',
  mediaTypes: ['application/x-npz', 'application/zip'],
  title: 'NumPy .npz',
  recognises: (first) => Buffer.from(first.subarray(0, 4)).toString('latin1') === 'PK\x03\x04',

  async read(path, sink, options, poll) {
    const zip = await opened(path);
    try {
      const entries = await entriesOf(zip);
      const x = entries.get('X');
      if (x === undefined)
        throw new InvalidInput(`the .npz has no array X, only ${[...entries.keys()].join(', ')}`, ['X']);
      const stream = new Pieces(await zip.openReadStreamPromise(x));
      await readStack((at, length) => stream.read(at, length), x.uncompressedSize, sink, options, poll);
      const y = entries.get('y');
      if (y) sink.labelAll(await labelsIn(zip, y));
    } catch (error) {
      // Whatever else yauzl, zlib and numpy-ts throw is an error in the file.
      throw error instanceof InvalidInput || error instanceof Cancelled ? error : unreadable(error as Error);
    } finally {
      zip.close();
    }
  },

  async *write(content) {
    const zip = new ZipWriter();
    const options = { compress: false, mtime: EPOCH, forceDosTimestamp: true };
    // Its size must be known in advance if the archive exceeds 4 GiB.
    zip.addReadStreamLazy('X.npy', { ...options, size: bytesOfStack(content) }, (done) =>
      done(null, Readable.from(stackOf(content), { objectMode: false })),
    );
    if (content.labels) zip.addBuffer(labelArray(content.labels), 'y.npy', options);
    zip.end();
    yield* zip.outputStream as Readable;
  },
};

function bytesOfStack(content: Content): number {
  const { count, d } = content;
  const longest = longestOf(content);
  return headerOf('<f8', d === 1 ? [count, longest] : [count, longest, d]).length + 8 * count * longest * d;
}

async function opened(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { strictFileNames: true, autoClose: false });
  } catch (error) {
    throw unreadable(error as Error);
  }
}

const unreadable = ({ message }: Error): InvalidInput =>
  new InvalidInput(`the .npz file cannot be read: ${message.slice(0, 200)}`, ['X']);

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.replace(/\.npy$/, '');
    if (found.has(name)) throw new InvalidInput(`there are two arrays named ${name}`, [name]);
    if (found.size === MAX_ENTRIES) throw new InvalidInput(`there are more than ${MAX_ENTRIES} arrays`, []);
    if (entry.isEncrypted()) throw new InvalidInput('the entry is encrypted', [name]);
    found.set(name, entry);
  }
  return found;
}

/** A stream from which chunks are taken one after another. The first may be peeked at and is then part of the next. */
class Pieces {
  readonly #source: AsyncIterator<Uint8Array>;
  #kept = Buffer.alloc(0);
  /** The offset of what is buffered. */
  #at = 0;

  constructor(source: NodeJS.ReadableStream) {
    this.#source = (source as Readable)[Symbol.asyncIterator]();
  }

  async read(at: number, length: number): Promise<Uint8Array> {
    const parts = [this.#kept.subarray(at - this.#at)];
    let have = parts[0]?.length ?? 0;
    while (have < length) {
      const { done, value } = await this.#source.next();
      if (done) break;
      parts.push(Buffer.from(value));
      have += value.length;
    }
    this.#kept = Buffer.concat(parts);
    this.#at = at;
    return this.#kept.subarray(0, length);
  }
}

/** Labels: integers, or NumPy's strings. */
async function labelsIn(zip: ZipFile, entry: Entry): Promise<string[]> {
  if (entry.uncompressedSize > MAX_LABELS) throw new InvalidInput(`y has more than ${MAX_LABELS} bytes`, ['y']);
  const bytes = await buffer(await zip.openReadStreamPromise(entry));
  const { header, dataOffset } = npyHeader(bytes);
  if (header.shape.length !== 1)
    throw new InvalidInput(`y must have shape (n,), not (${header.shape.join(', ')})`, ['y']);
  const [, order, letters] = /^([<>|=])U(\d+)$/.exec(header.descr) ?? [];
  if (letters === undefined) {
    const { parseNpyData, parseNpyHeader } = loadNumpy();
    const array = parseNpyData(bytes, parseNpyHeader(bytes));
    return Array.from(array.data as Float64Array, String);
  }
  const width = Number(letters);
  return Array.from({ length: header.shape[0] }, (_, k) => {
    const points = Array.from({ length: width }, (_point, i) => {
      const at = dataOffset + 4 * (k * width + i);
      return order === '>' ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
    });
    return String.fromCodePoint(...points.filter((point) => point !== 0));
  });
}

/** numpy-ts does not read strings, so the header is parsed here. */
function npyHeader(bytes: Buffer): { header: { descr: string; shape: number[] }; dataOffset: number } {
  const length = bytes[6] === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8);
  const from = bytes[6] === 1 ? 10 : 12;
  const text = bytes.toString('latin1', from, from + Math.min(length, 10_000));
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (descr === undefined || shape === undefined) throw new InvalidInput('the header of y cannot be read', ['y']);
  return {
    header: {
      descr,
      shape: shape
        .split(',')
        .filter((part) => part.trim() !== '')
        .map(Number),
    },
    dataOffset: from + length,
  };
}

/** Strings as a fixed-width array of NumPy. */
function labelArray(labels: readonly string[]): Buffer {
  const width = Math.max(1, ...labels.map((label) => [...label].length));
  const points = new Uint32Array(labels.length * width);
  for (const [k, label] of labels.entries()) {
    for (const [i, char] of [...label].entries()) points[k * width + i] = char.codePointAt(0) as number;
  }
  return Buffer.concat([headerOf(`<U${width}`, [labels.length]), Buffer.from(points.buffer)]);
}
