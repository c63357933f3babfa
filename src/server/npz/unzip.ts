import { constants, crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { Cancelled } from '../../core/server-door.ts';
import { Problem } from '../http/errors.ts';
import { malformed, otherThanZip } from './malformed.ts';
import { decodedBytes, MAX_HEADER } from './read-npy.ts';

/** More entries than any operation has arrays: further ones would only cost time. */
const MAX_ENTRIES = 64;

/** Bytes that are inflated at a time: about a millisecond. */
const AT_ONCE = 2 ** 18;

const STORED = 0;
const DEFLATED = 8;

/** An .npz and how it is to be read. */
export interface Zipped {
  readonly file: Uint8Array;
  readonly wanted: ReadonlySet<string>;
  /** Total inflated bytes of everything that is wanted. */
  readonly limit: number;
}

/** An entry that is wanted, and its bytes as they are in the file. */
interface Packed {
  readonly entry: Entry;
  readonly raw: Buffer;
}

/** The entries of an .npz by the names of their arrays. Unwanted ones are null. */
type Opened = ReadonlyMap<string, Packed | null>;

/**
 * Opens an .npz: nothing is inflated yet.
 *
 * @throws Problem for a file that is not a zip file, or has an entry that is duplicate or encrypted; body_too_large if there is more than the limit in it
 */
export async function openNpz({ file, wanted, limit }: Zipped): Promise<Opened> {
  const found = new Map<string, Packed | null>();
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  let room = limit;
  try {
    // Sizes are checked below, where the name of the array is known.
    const zip = await fromBufferPromise(bytes, { strictFileNames: true, validateEntrySizes: false });
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.replace(/\.npy$/, '');
      if (found.has(name)) throw malformed('there are two arrays with this name', name);
      if (found.size === MAX_ENTRIES) throw malformed(`there are more than ${MAX_ENTRIES} entries`);
      if (!wanted.has(name)) {
        found.set(name, null);
        continue;
      }
      if (name === entry.fileName)
        throw malformed(`the entry "${name}" is not an .npy file: name it ${name}.npy`, name);
      room -= entry.uncompressedSize;
      if (room < 0) throw tooLarge(name, limit - room, limit);
      found.set(name, { entry, raw: await rawOf(zip, entry, bytes, name) });
    }
    return found;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw malformed(otherThanZip(bytes) ?? (error as Error).message); // yauzl throws only errors about the file
  }
}

/**
 * The memory that its arrays will take, in bytes: inflated, and as float64, which an array of single bytes takes eight times. No more than the headers of
 * the arrays is inflated.
 *
 * @throws Problem for an entry that cannot be inflated
 */
export function weightOf(opened: Opened): number {
  let weight = 0;
  for (const [name, packed] of opened) {
    if (packed === null) continue;
    const { uncompressedSize: size } = packed.entry;
    weight += size + decodedBytes(startOf(packed, name), size);
  }
  return weight;
}

async function rawOf(zip: ZipFile, entry: Entry, bytes: Buffer, name: string): Promise<Buffer> {
  const { compressionMethod: method, compressedSize } = entry;
  if (entry.isEncrypted()) throw malformed('the entry is encrypted', name);
  if (method !== STORED && method !== DEFLATED) {
    throw malformed(`the entry is compressed with method ${method}: use numpy.savez or savez_compressed`, name);
  }
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  return bytes.subarray(fileDataStart, fileDataStart + compressedSize);
}

/** What is inflated to see the header of an array: as much as a header may have, if nothing in it is compressible. */
const PEEK = MAX_HEADER + 1024;

/** The first bytes of an entry, with its header. */
function startOf({ entry, raw }: Packed, name: string): Buffer {
  if (entry.compressionMethod === STORED) return raw;
  try {
    return inflateRawSync(raw.subarray(0, PEEK), { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    throw malformed((error as Error).message, name);
  }
}

/**
 * The bytes of an array's .npy file.
 *
 * @param poll called every few milliseconds
 * @throws Problem for an entry of the wrong size or checksum; Cancelled where `poll` does
 */
export async function contentOf({ entry, raw }: Packed, name: string, poll: () => void): Promise<Uint8Array> {
  const { compressionMethod: method, uncompressedSize: size } = entry;
  const content = method === STORED ? raw : await inflated(raw, size, name, poll);
  if (content.length !== size) throw malformed(`the entry has ${content.length} bytes but declares ${size}`, name);
  if (checksum(content, poll) !== entry.crc32)
    throw malformed('the checksum of the entry does not match its bytes', name);
  return content;
}

/** Stops inflating as soon as there is more than the entry declares, which has been checked against the limit. */
async function inflated(raw: Uint8Array, size: number, name: string, poll: () => void): Promise<Uint8Array> {
  const content = new Uint8Array(size);
  let at = 0;
  const inflate = createInflateRaw({ chunkSize: AT_ONCE });
  inflate.end(raw);
  try {
    for await (const chunk of inflate) {
      poll();
      if (at + chunk.length > size) throw malformed(`the entry has more than the ${size} bytes it declares`, name);
      content.set(chunk, at);
      at += chunk.length;
    }
  } catch (error) {
    if (error instanceof Problem || error instanceof Cancelled) throw error;
    throw malformed((error as Error).message, name);
  }
  return content.subarray(0, at);
}

function checksum(content: Uint8Array, poll: () => void): number {
  let sum = 0;
  for (let at = 0; at < content.length; at += AT_ONCE) {
    poll();
    sum = crc32(content.subarray(at, at + AT_ONCE), sum);
  }
  return sum;
}

const tooLarge = (name: string, size: number, limit: number): Problem =>
  new Problem(
    'body_too_large',
    `the arrays up to "${name}" have ${size} bytes uncompressed, and the limit is ${limit}: send fewer values`,
  );
