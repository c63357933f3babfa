import { InvalidInput, readSeries } from '../../core/server-door.ts';
import { type Content, type Format, joinedText } from './format.ts';
import { linesOf, numberIn } from './lines.ts';

/** The format of the UCR and UEA archives as aeon and sktime read it: one series per line, its channels and label separated by colons. */
export const ts: Format = {
  name: 'ts',
  mediaTypes: ['text/x-ts'],
  title: "aeon's .ts",
  recognises: (first) => /^(\uFEFF)?(\s*(#[^\n]*)?\n)*\s*@[a-z]/i.test(new TextDecoder().decode(first)),

  async read(path, sink, _options, poll) {
    let labelled = true;
    let line = 0;
    let k = 0;
    for await (const text of linesOf(path, poll)) {
      line++;
      if (/^\s*(#|$)/.test(text)) continue;
      const [, word, value = ''] = /^\s*@(\w+)\s*(.*)$/.exec(text) ?? [];
      if (word !== undefined) {
        if (/^classlabel$/i.test(word)) labelled = !/^false/i.test(value);
        if (/^timestamps$/i.test(word) && /^true/i.test(value)) {
          throw new InvalidInput('a .ts file with time stamps cannot be read: give values at equal steps');
        }
        continue;
      }
      const parts = text.trim().split(':');
      const label = labelled && parts.length > 1 ? (parts.pop() as string).trim() : undefined;
      const channels = parts.map((part) => part.split(',').map((cell, at) => numberIn(cell, line, at + 1)));
      sink.add(readSeries(stacked(channels, line), 'series', k++), label);
    }
  },

  write: (content) => joinedText(textOf(content)),
};

/** Interleaves channels. */
function stacked(channels: readonly (readonly number[])[], line: number): { data: Float64Array; shape: number[] } {
  const d = channels.length;
  const sz = channels[0]?.length ?? 0;
  const data = new Float64Array(sz * d);
  for (const [c, channel] of channels.entries()) {
    if (channel.length !== sz) throw new InvalidInput(`line ${line}: its channels have unequal lengths`);
    for (let i = 0; i < sz; i++) data[i * d + c] = channel[i];
  }
  return { data, shape: d === 1 ? [sz] : [sz, d] };
}

async function* textOf({ d, lengths, labels, series }: Content): AsyncGenerator<string> {
  const equal = lengths.every((n) => n === lengths[0]);
  yield '@problemName warpserve\n@timeStamps false\n@missing false\n';
  yield `@univariate ${d === 1}\n${d === 1 ? '' : `@dimensions ${d}\n`}@equalLength ${equal}\n`;
  if (equal) yield `@seriesLength ${lengths[0]}\n`;
  yield labels ? `@classLabel true ${[...new Set(labels)].sort().join(' ')}\n@data\n` : '@classLabel false\n@data\n';
  let k = 0;
  for await (const values of series()) {
    const channels = Array.from({ length: d }, (_, c) => values.filter((_value, at) => at % d === c).join(','));
    yield `${channels.join(':')}${labels ? `:${labels[k]}` : ''}\n`;
    k++;
  }
}
