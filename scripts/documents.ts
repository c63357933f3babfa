import { configTable } from '../src/server/config.ts';
import { catalogue } from '../src/server/http/errors.ts';
import { boundsTable } from '../src/server/schemas/limits-table.ts';
import { metricsPage } from './metrics-page.ts';

/** A document of which some or all is made from the code. */
interface Document {
  readonly file: URL;
  /** The whole text as it should be, given the text as it is. */
  readonly render: (committed: string) => string;
}

export const documents: readonly Document[] = [
  {
    file: new URL('../README.md', import.meta.url),
    render: (text) => withSection(text, 'configuration', configuration()),
  },
  { file: new URL('../docs/errors.md', import.meta.url), render: errors },
  {
    file: new URL('../docs/operations.md', import.meta.url),
    render: (text) => withSection(text, 'limits', `\n${boundsTable()}\n\n`),
  },
  { file: new URL('../docs/metrics.md', import.meta.url), render: metricsPage },
];

function withSection(text: string, name: string, content: string): string {
  const section = new RegExp(`(<!-- ${name} -->\n)[^]*(<!-- /${name} -->)`);
  return text.replace(section, (_, open, close) => `${open}${content}${close}`);
}

function configuration(): string {
  const rows = configTable.map(({ name, fallback, meaning }) => `| \`${name}\` | ${fallback} | ${meaning} |\n`);
  return `\n| Variable | Default | Meaning |\n|---|---|---|\n${rows.join('')}\n`;
}

function errors(): string {
  const rows = Object.entries(catalogue).map(
    ([code, [status, title, remedy]]) => `## ${code}\n\nStatus ${status}. ${title}.\n\n${remedy}\n`,
  );
  return `# Errors

Every error is \`application/problem+json\` (RFC 9457): \`type\` leads to its section on the service's own page \`/errors\`, \`code\` is stable,
\`detail\` says what to change, \`instance\` is the request id, and \`errors\` points to the offending places of the body.

${rows.join('\n')}`;
}
