import { metrics } from '../src/core/index.ts';
import { configTable } from '../src/server/config.ts';
import { catalogue } from '../src/server/http/errors.ts';
import { namedTypes } from '../src/server/npz/named-types.ts';
import { operations } from '../src/server/operations/index.ts';
import { arrayName } from '../src/server/schemas/binary.ts';
import { cellsText } from '../src/server/schemas/cells-text.ts';
import { limitsTable } from '../src/server/schemas/limits-table.ts';
import { peerNames } from '../src/server/schemas/peer-names.ts';
import { metricsPage } from './metrics-page.ts';

/** A document that is generated, wholly or in part, from the code. */
interface Document {
  readonly file: URL;
  /** The text as it should be, given the text as it is. */
  readonly render: (committed: string) => string;
}

export const documents: readonly Document[] = [
  {
    file: new URL('../README.md', import.meta.url),
    render: (text) => withSection(withSection(text, 'configuration', configuration()), 'metrics', metricTable()),
  },
  { file: new URL('../docs/errors.md', import.meta.url), render: errors },
  {
    file: new URL('../docs/operations.md', import.meta.url),
    render: (text) =>
      withSection(withSection(text, 'limits', `\n${limitsTable()}\n\n`), 'cells', `\n${cellsText()}\n\n`),
  },
  { file: new URL('../docs/metrics.md', import.meta.url), render: metricsPage },
  {
    file: new URL('../docs/other-libraries.md', import.meta.url),
    render: (text) => withSection(text, 'names', peerTable()),
  },
  {
    file: new URL('../docs/arrays.md', import.meta.url),
    render: (text) => withSection(text, 'npz', responseArrays()),
  },
];

function withSection(text: string, name: string, content: string): string {
  const section = new RegExp(`(<!-- ${name} -->\n)[^]*(<!-- /${name} -->)`);
  return text.replace(section, (_, open, close) => `${open}${content}${close}`);
}

function configuration(): string {
  const rows = configTable.map(({ name, fallback, meaning }) => `| \`${name}\` | ${fallback} | ${meaning} |\n`);
  return `\n| Variable | Default | Meaning |\n|---|---|---|\n${rows.join('')}\n`;
}

function metricTable(): string {
  const rows = metrics.map(({ name, title, gives, source }) => {
    const flags = gives.map((extra) => `\`${extra}\``).join(', ');
    return `| [\`${name}\`](docs/metrics.md#${name}) | ${title} | ${flags} | ${source} |\n`;
  });
  return `\n| Metric | Name | Flags | Definition |\n|---|---|---|---|\n${rows.join('')}\n`;
}

/** The names of other libraries, and what to send here. */
function peerTable(): string {
  const rows = peerNames.map(({ names, ours, convert, otherwise }) => {
    const other = names.filter((name) => !ours.includes(name));
    const own = ours.map((name) => `\`${name}\``).join(' or ');
    const advice = [convert && `${own === '' ? '' : `${own}: `}${convert}`, convert ? '' : own, otherwise].filter(
      Boolean,
    );
    return other.length > 0
      ? `| ${other.map((name) => `\`${name}\``).join(', ')} | ${advice.join('. Where there is none: ')} |\n`
      : '';
  });
  return `\n| There | Here |\n|---|---|\n${rows.join('')}\n`;
}

/** What each operation returns as .npz, over all metrics that have it. */
function responseArrays(): string {
  const rows = [...new Set(operations.map(({ suffix }) => suffix))].map((suffix) => {
    const names = new Set<string>();
    for (const operation of operations.filter((one) => one.suffix === suffix)) {
      for (const record of metrics.filter(operation.appliesTo)) {
        for (const [name, type] of namedTypes(operation.answer(record)))
          names.add(`${arrayName(name, type)} (${type.dtype})`);
      }
    }
    return `| \`POST /{metric}${suffix}\` | ${[...names].join(', ')} |\n`;
  });
  return `\n| Operation | Arrays |\n|---|---|\n${rows.join('')}\n`;
}

function errors(): string {
  const rows = Object.entries(catalogue).map(
    ([code, [status, title, remedy]]) => `## ${code}\n\nStatus ${status}. ${title}.\n\n${remedy}\n`,
  );
  return `# Errors

Every error is an \`application/problem+json\` document (RFC 9457):

- \`type\` links to its section on the service's own page \`/errors\`.
- \`code\` is stable.
- \`detail\` says what to change.
- \`instance\` is the request id.
- \`errors\` points at the offending values, by JSON pointers into the body.

${rows.join('\n')}`;
}
