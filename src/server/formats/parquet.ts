import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import type { AsyncBuffer, FileMetaData } from 'hyparquet';
import { Cancelled, InvalidInput, readSeries } from '../../core/server-door.ts';
import type { Content, Format, Sink } from './format.ts';

/** Rows that are decoded at a time. */
const ROWS = 4096;

const LABELS = ['label', 'labels', 'y', 'class', 'target'];
const IDS = ['id', 'series_id', 'unique_id', 'series', 'sample'];
const TIMES = ['time', 't', 'timestamp', 'ds', 'step', 'timepoint'];

/** A column of lists, one per series, or a long table: id, time, and one column for each value of a step. */
export const parquet: Format = {
  name: 'parquet',
  mediaTypes: ['application/vnd.apache.parquet'],
  title: 'Apache Parquet',
  recognises: (first) => Buffer.from(first.subarray(0, 4)).toString('latin1') === 'PAR1',

  async read(path, sink, _options, poll) {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      const file: AsyncBuffer = {
        byteLength: size,
        async slice(start, end = size) {
          // hyparquet asks for several ranges at once and waits for one: a failure here would end the thread, and nothing is read as damaged too.
          if (!(start >= 0 && end >= start && end <= size)) return new ArrayBuffer(0);
          const bytes = new Uint8Array(end - start);
          await handle.read(bytes, 0, bytes.length, start);
          return bytes.buffer;
        },
      };
      await readTable(file, sink, poll);
    } catch (error) {
      // Whatever else hyparquet throws is an error in the file.
      throw error instanceof InvalidInput || error instanceof Cancelled ? error : unreadable(error as Error);
    } finally {
      await handle.close();
    }
  },

  async *write(content) {
    const { ByteWriter, parquetWriteRows } = await import('hyparquet-writer');
    const stream = new PassThrough();
    const writer = new ByteWriter(1 << 20) as InstanceType<typeof ByteWriter> & { flush?: () => Promise<void> };
    const send = async (): Promise<void> => {
      const piece = new Uint8Array(writer.buffer.slice(0, writer.index));
      writer.index = 0;
      if (piece.length > 0 && !stream.write(piece)) await once(stream, 'drain');
    };
    writer.flush = send;
    writer.finish = send as never;
    const columns = [{ name: 'series' }, ...(content.labels ? [{ name: 'label' }] : [])];
    const written = Promise.resolve(
      parquetWriteRows({
        writer: writer as never,
        rows: rowsOf(content),
        columns,
        schema: schemaOf(content),
        rowGroupSize: 1000,
      }),
    );
    written.then(
      () => stream.end(),
      (error) => stream.destroy(error),
    );
    yield* stream;
  },
};

async function readTable(file: AsyncBuffer, sink: Sink, poll: () => void): Promise<void> {
  const { parquetMetadataAsync, parquetSchema } = await import('hyparquet');
  const metadata = await parquetMetadataAsync(file);
  const columns = parquetSchema(metadata).children;
  const names = columns.map(({ element }) => element.name);
  const lists = columns.filter(
    ({ element, children }) => children.length > 0 && element.name.toLowerCase() !== 'label',
  );
  const label = named(names, LABELS);
  if (lists.length === 1) {
    const series = (lists[0] as (typeof lists)[number]).element.name;
    let k = 0;
    for await (const row of rowsIn(file, metadata, [series, ...(label ? [label] : [])], poll)) {
      sink.add(readSeries(plain(row[series]), 'series', k++), label && String(row[label]));
    }
    return;
  }
  if (lists.length > 1) throw new InvalidInput(`there are ${lists.length} columns of lists: send only one`, ['series']);
  await readLong(file, metadata, names, label, sink, poll);
}

/** The steps of a series must be consecutive, and their times increasing. */
async function readLong(
  file: AsyncBuffer,
  metadata: FileMetaData,
  names: readonly string[],
  label: string | undefined,
  sink: Sink,
  poll: () => void,
): Promise<void> {
  const id = named(names, IDS) ?? names[0];
  const time = named(names, TIMES) ?? names.find((name) => name !== id);
  const values = names.filter((name) => name !== id && name !== time && name !== label);
  if (id === undefined || time === undefined || values.length === 0) {
    throw new InvalidInput('expected a column of lists, or columns id, time and value');
  }
  const seen = new Set<string>();
  let current: { id: string; label: string | undefined; time: unknown; rows: unknown[] } | undefined;
  let k = 0;
  const end = (): void => {
    if (current) sink.add(readSeries(current.rows, 'series', k++), current.label);
  };
  for await (const row of rowsIn(file, metadata, [id, time, ...values, ...(label ? [label] : [])], poll)) {
    const own = String(row[id]);
    if (current?.id !== own) {
      end();
      if (seen.has(own))
        throw new InvalidInput(`the steps of series "${own.slice(0, 40)}" are not consecutive: sort by ${id}, ${time}`);
      seen.add(own);
      current = { id: own, label: label && String(row[label]), time: undefined, rows: [] };
    }
    const now = row[time] as number;
    if (current.time !== undefined && !(now > (current.time as number))) {
      throw new InvalidInput(`the times of series "${own.slice(0, 40)}" do not increase: sort by ${id}, ${time}`);
    }
    current.time = now;
    const step = values.map((name) => plain(row[name]));
    current.rows.push(values.length === 1 ? step[0] : step);
  }
  end();
}

/**
 * The rows of a table. One column of one row group is read at a time: hyparquet would start with all of them, and a failure in any other than the one
 * being awaited would end the thread.
 */
async function* rowsIn(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: readonly string[],
  poll: () => void,
): AsyncGenerator<Record<string, unknown>> {
  const { parquetReadObjects } = await import('hyparquet');
  const { compressors } = await import('hyparquet-compressors');
  let first = 0;
  for (const group of metadata.row_groups) {
    const end = first + Number(group.num_rows);
    for (let from = first; from < end; from += ROWS) {
      const part = { rowStart: from, rowEnd: Math.min(end, from + ROWS) };
      const read: Record<string, unknown>[][] = [];
      for (const column of columns) {
        poll();
        read.push(await parquetReadObjects({ file, metadata, compressors, columns: [column], ...part }));
      }
      for (let row = 0; row < part.rowEnd - part.rowStart; row++) {
        yield Object.fromEntries(columns.map((column, c) => [column, read[c]?.[row]?.[column]]));
      }
    }
    first = end;
  }
}

/** 64-bit integers are bigint, and arrays may be typed. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plain);
  return ArrayBuffer.isView(value) ? Array.from(value as Float64Array, Number) : (value ?? null);
}

const named = (names: readonly string[], wanted: readonly string[]): string | undefined =>
  wanted.map((one) => names.find((name) => name.toLowerCase() === one)).find((name) => name !== undefined);

const unreadable = ({ message }: Error): InvalidInput =>
  new InvalidInput(`the Parquet file cannot be read: ${message.slice(0, 200)}`);

async function* rowsOf({ d, labels, series }: Content): AsyncGenerator<Record<string, unknown>> {
  let k = 0;
  for await (const values of series()) {
    const steps = Array.from({ length: values.length / d }, (_, i) => Array.from(values.subarray(i * d, (i + 1) * d)));
    yield { series: d === 1 ? Array.from(values) : steps, ...(labels && { label: labels[k] }) };
    k++;
  }
}

function schemaOf({ d, labels }: Content) {
  const list = (name: string) => [
    { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' } as const,
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 } as const,
  ];
  return [
    { name: 'root', num_children: labels ? 2 : 1 },
    ...list('series'),
    ...(d === 1 ? [] : list('element')),
    { name: 'element', repetition_type: 'REQUIRED', type: 'DOUBLE' } as const,
    ...(labels
      ? [{ name: 'label', repetition_type: 'REQUIRED', type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const]
      : []),
  ];
}
