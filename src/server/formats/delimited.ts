import { InvalidInput, readSeries } from '../../core/server-door.ts';
import { type Content, type Format, joinedText } from './format.ts';
import { linesOf, numberIn } from './lines.ts';

/** A table with one univariate series per row, label first, as in the UCR archive; rows may be padded with NaN or empty cells. */
const delimited = (name: string, mediaType: string, title: string, mark: ',' | '\t'): Format => ({
  name,
  mediaTypes: [mediaType],
  title,
  recognises(first) {
    const line = firstLine(first);
    return line !== undefined && line.split(mark).length > 1 && line.split(mark).slice(1).every(isNumber);
  },

  async read(path, sink, { labels }, poll) {
    let line = 0;
    let k = 0;
    for await (const text of linesOf(path, poll)) {
      line++;
      if (text.trim() === '') continue;
      const cells = text.split(mark).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
      const label = labels === 'first' ? cells.shift() : undefined;
      if (label === '') throw new InvalidInput(`line ${line}: the label is empty; without labels, send ?labels=none`);
      const values = Float64Array.from(cells, (cell, at) =>
        numberIn(cell, line, at + 1 + (label === undefined ? 0 : 1)),
      );
      sink.add(readSeries({ data: values, shape: [values.length] }, 'series', k++), label);
    }
  },

  write: (content) => joinedText(textOf(content, mark)),
});

export const csv = delimited('csv', 'text/csv', 'UCR .csv', ',');
export const tsv = delimited('tsv', 'text/tab-separated-values', 'UCR .tsv', '\t');

async function* textOf({ d, labels, series }: Content, mark: string): AsyncGenerator<string> {
  if (d > 1)
    throw new InvalidInput(
      `a table with one series per row holds one value per step, but these have ${d}: use ts, npz or parquet`,
    );
  let k = 0;
  for await (const values of series()) {
    yield `${labels ? labels[k] + mark : ''}${values.join(mark)}\n`;
    k++;
  }
}

const firstLine = (first: Uint8Array): string | undefined =>
  new TextDecoder()
    .decode(first)
    .split(/\r?\n/)
    .slice(0, -1)
    .find((line) => line.trim() !== '');

const isNumber = (cell: string): boolean =>
  cell.trim() === '' || Number.isFinite(Number(cell)) || /^"?nan"?$/i.test(cell.trim());
