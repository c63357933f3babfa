import type { Problem } from '../../clients/typescript/client.ts';
import type { Matrix } from '../data/matrix.ts';
import type { Rows } from './messages.ts';

/** Rows are told of no more often than this, in milliseconds: each time something is drawn. */
const EVERY = 150;

/**
 * Reads a matrix of so many rows, one line of JSON each, as `/cdist` streams them.
 *
 * @param told gets the rows since the last time
 * @returns the matrix, or the problem in the last line
 */
export async function readRows(
  stream: ReadableStream<Uint8Array>,
  count: number,
  told: (rows: Rows) => void,
): Promise<Matrix | Problem> {
  const lines: number[][] = [];
  let [left, sent, before] = ['', 0, performance.now()];
  const reader = stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const parts = (left + read.value).split('\n');
    left = parts.pop() ?? '';
    for (const part of parts.filter(Boolean)) {
      const line = JSON.parse(part) as { values: number[] } | Problem;
      if ('code' in line) return line;
      lines.push(line.values);
    }
    if (performance.now() - before < EVERY || lines.length === sent || lines.length === count) continue;
    const values = lines.slice(sent);
    told({ from: sent, columns: values[0]?.length ?? 0, values: Float64Array.from(values.flat()) });
    [sent, before] = [lines.length, performance.now()];
  }
  return { rows: lines.length, columns: lines[0]?.length ?? 0, values: Float64Array.from(lines.flat()) };
}
