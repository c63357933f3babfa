import { createReadStream } from 'node:fs';
import { JSONParser } from '@streamparser/json';
import { InvalidInput, readSeries } from '../../core/server-door.ts';
import { type Content, type Format, joinedText, type Sink } from './format.ts';

/** `{ "series": [...], "labels": [...] }`, or a bare array of series. */
export const json: Format = {
  name: 'json',
  mediaTypes: ['application/json'],
  title: 'JSON',
  recognises: (first) => /^(\uFEFF)?\s*[[{]/.test(new TextDecoder().decode(first)),

  async read(path, sink, { layout }, poll) {
    let reader: JSONParser | undefined;
    const decoder = new TextDecoder('utf-8', { fatal: true });
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 18 })) {
      poll();
      const text = decoding(() => decoder.decode(piece as Uint8Array, { stream: true }));
      const start = text.trimStart();
      if (reader === undefined && start === '') continue;
      reader ??= readerOf(start.startsWith('['), sink, layout === 'channels_first');
      parsing(() => reader?.write(text));
    }
    decoding(() => decoder.decode());
    if (reader === undefined) throw new InvalidInput('the body is empty: send a data set', [], 'malformed_json');
    if (!reader.isEnded) throw new InvalidInput('the body is not JSON: it ends too early', [], 'malformed_json');
  },

  write: (content) => joinedText(textOf(content)),
};

/** Passes series on one by one, so that at most one is in memory. */
function readerOf(bare: boolean, sink: Sink, channelsFirst: boolean): JSONParser {
  const paths = bare ? ['$.*'] : ['$.series.*', '$.labels.*', '$.*'];
  const reader = new JSONParser({ paths, keepStack: false });
  const labels: string[] = [];
  let k = 0;
  reader.onValue = ({ value, key, stack }) => {
    const field = bare || stack.length === 1 ? undefined : stack[1]?.key;
    if (bare || field === 'series') sink.add(seriesOf(value, k++, channelsFirst));
    else if (field === 'labels') labels.push(labelOf(value, labels.length));
    else if (key === 'labels' && Array.isArray(value)) sink.labelAll(labels);
    else if (key !== 'series' || !Array.isArray(value)) {
      const known = key === 'series' || key === 'labels';
      const detail = known ? 'expected an array' : `unknown field "${String(key)}": a data set has series and labels`;
      throw new InvalidInput(detail, [String(key)]);
    }
  };
  return reader;
}

function seriesOf(value: unknown, k: number, channelsFirst: boolean) {
  if (!Array.isArray(value))
    throw new InvalidInput('expected an array of numbers, or of rows of numbers', ['series', k]);
  return readSeries(channelsFirst && Array.isArray(value[0]) ? transposed(value as unknown[][]) : value, 'series', k);
}

const transposed = (rows: readonly (readonly unknown[])[]): unknown[][] =>
  (rows[0] ?? []).map((_, i) => rows.map((row) => row[i]));

function labelOf(value: unknown, k: number): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new InvalidInput('expected a label: a string or a number', ['labels', k]);
}

function parsing(run: () => void): void {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    throw new InvalidInput(`the body is not JSON: ${(error as Error).message.slice(0, 200)}`, [], 'malformed_json');
  }
}

function decoding(run: () => string): string {
  try {
    return run();
  } catch {
    throw new InvalidInput('the body is not JSON: it is not UTF-8', [], 'malformed_json');
  }
}

async function* textOf({ d, labels, series }: Content): AsyncGenerator<string> {
  let mark = '{"series":[';
  for await (const values of series()) {
    yield mark;
    if (d === 1) yield JSON.stringify(Array.from(values));
    else
      yield JSON.stringify(
        Array.from({ length: values.length / d }, (_, i) => Array.from(values.subarray(i * d, (i + 1) * d))),
      );
    mark = ',';
  }
  yield labels ? `],"labels":${JSON.stringify(labels)}}` : ']}';
}
