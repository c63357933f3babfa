import { crc32, inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { Problem } from '../http/errors.ts';
import { malformed, otherThanZip } from './malformed.ts';

/** More entries than any operation has arrays: further ones would only cost time. */
const MAX_ENTRIES = 64;

const STORED = 0;
const DEFLATED = 8;

/**
 * The arrays of an .npz, as the bytes of their .npy files. Unwanted ones are null: they are not even inflated.
 *
 * @param limit total inflated bytes of everything that is wanted
 * @throws Problem for a file that is not a zip file, or has an entry that is duplicate, encrypted, or of the wrong size or checksum; body_too_large
 *   before more than the limit is inflated
 */
export async function unzip(
  file: Uint8Array,
  wanted: ReadonlySet<string>,
  limit: number,
): Promise<Map<string, Uint8Array | null>> {
  const found = new Map<string, Uint8Array | null>();
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
      found.set(name, await contentOf(zip, entry, bytes, name));
    }
    return found;
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw malformed(otherThanZip(bytes) ?? (error as Error).message); // yauzl throws only errors about the file
  }
}

async function contentOf(zip: ZipFile, entry: Entry, bytes: Buffer, name: string): Promise<Uint8Array> {
  const { compressionMethod: method, compressedSize, uncompressedSize: size } = entry;
  if (entry.isEncrypted()) throw malformed('the entry is encrypted', name);
  if (method !== STORED && method !== DEFLATED) {
    throw malformed(`the entry is compressed with method ${method}: use numpy.savez or savez_compressed`, name);
  }
  const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
  const raw = bytes.subarray(fileDataStart, fileDataStart + compressedSize);
  const content = method === STORED ? raw : inflated(raw, size, name);
  if (content.length !== size) throw malformed(`the entry has ${content.length} bytes but declares ${size}`, name);
  if (crc32(content) !== entry.crc32) throw malformed('the checksum of the entry does not match its bytes', name);
  return content;
}

/** Stops inflating as soon as there is more than the entry declares, which has been checked against the limit. */
function inflated(raw: Uint8Array, size: number, name: string): Uint8Array {
  try {
    return inflateRawSync(raw, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    throw malformed(
      code === 'ERR_BUFFER_TOO_LARGE' ? `the entry has more than the ${size} bytes it declares` : message,
      name,
    );
  }
}

const tooLarge = (name: string, size: number, limit: number): Problem =>
  new Problem(
    'body_too_large',
    `the arrays up to "${name}" have ${size} bytes uncompressed, and the limit is ${limit}: send fewer values`,
  );
