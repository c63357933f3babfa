import { parquetReadObjects } from 'hyparquet';
import { readData } from './json.ts';
import { ParseError } from './parse-error.ts';
import type { Choices, Reading, Wanted } from './reading.ts';

/**
 * Parquet: columns of numbers, a column of lists, or id, time and value.
 *
 * @throws ParseError if it is compressed with anything but snappy
 */
export async function readParquet(bytes: Uint8Array, chosen: Choices, wanted: Wanted): Promise<Reading> {
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
  let records: Record<string, unknown>[];
  try {
    records = await parquetReadObjects({ file });
  } catch (error) {
    throw new ParseError(`This Parquet file cannot be read: ${(error as Error).message}.`);
  }
  if (records.length === 0) throw new ParseError('This Parquet file has no rows.');
  return { ...readData(records, chosen, wanted), format: 'Parquet' };
}
