import { open } from 'node:fs/promises';
import { type CancelFlag, InvalidInput, throwIfCancelled } from '../../core/server-door.ts';
import type { ReadOptions } from '../formats/format.ts';
import { formats } from '../formats/index.ts';
import { StoreFailure } from '../store/store.ts';
import { ContentWriter } from './content-file.ts';
import { type Facts, factsOf } from './facts.ts';
import { storeProblem } from './store-problem.ts';

/** A file that was uploaded, to be read into the canonical form. */
export interface IngestJob {
  readonly path: string;
  /** The file to make. */
  readonly to: string;
  /** The name of its format; absent: to be recognised. */
  readonly format: string | undefined;
  readonly options: ReadOptions;
  /** Maximum bytes of the values. */
  readonly limit: number;
}

/**
 * Reads an upload of any format, on a worker, and writes its canonical form next to it.
 *
 * @throws InvalidInput that points at whatever cannot be read; Problem `store_unavailable` if the disk is full
 */
export async function ingest({ path, to, format, options, limit }: IngestJob, cancel: CancelFlag): Promise<Facts> {
  const reader = formats.find(format === undefined ? recognising(await firstOf(path)) : ({ name }) => name === format);
  if (reader === undefined) {
    const known = formats.map(({ name }) => name).join(', ');
    throw new InvalidInput(`the format was not recognised: set ?format= to one of ${known}`, [], 'unknown_format');
  }
  try {
    const writer = new ContentWriter(to, limit);
    try {
      await reader.read(path, writer, options, () => throwIfCancelled(cancel));
      return factsOf(writer.end(), reader.name);
    } finally {
      writer.close();
    }
  } catch (error) {
    // An error class loses its name on the way from a worker.
    throw error instanceof StoreFailure ? storeProblem(error) : error;
  }
}

const recognising =
  (first: Uint8Array) =>
  ({ recognises }: (typeof formats)[number]): boolean =>
    recognises(first);

/** A format is recognised by its first bytes. */
const LOOKED_AT = 64 * 1024;

async function firstOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
