import { gunzipSync } from 'fflate';
import { decompress } from 'fzstd';
import { parquetReadObjects } from 'hyparquet';
import { readData } from './json.ts';
import { ParseError } from './parse-error.ts';
import type { Choices, Reading, Wanted } from './reading.ts';

/** Beside snappy, which hyparquet has itself. */
const compressors = { GZIP: (input: Uint8Array) => gunzipSync(input), ZSTD: (input: Uint8Array) => decompress(input) };

/**
 * Parquet: columns of numbers, a column of lists, or id, time and value.
 *
 * @throws ParseError if it is compressed with anything but snappy, gzip and zstd
 */
export async function readParquet(bytes: Uint8Array, chosen: Choices, wanted: Wanted): Promise<Reading> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  let records: Record<string, unknown>[];
  try {
    records = await parquetReadObjects({ file, compressors });
  } catch (error) {
    const { message } = error as Error;
    const codec = /unsupported compression codec: (\w+)/.exec(message)?.[1];
    throw new ParseError(
      codec
        ? `This Parquet file is compressed with ${codec}, which the page does not read. Write it with zstd, gzip or snappy, or store it on the service under “Stored data and jobs”.`
        : `This Parquet file cannot be read: ${message}.`,
    );
  }
  if (records.length === 0) throw new ParseError('This Parquet file has no rows.');
  return { ...readData(records, chosen, wanted), format: 'Parquet' };
}
