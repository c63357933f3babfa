import { readFileSync } from 'node:fs';
import { Marked } from 'marked';
import type { Plugin } from 'vite';

/** The documents that the page links to, by the address that they get below guide/. */
const documents: Readonly<Record<string, { readonly file: string; readonly title: string }>> = {
  'readme.html': { file: 'README.md', title: 'README' },
  'page.html': { file: 'docs/page.md', title: 'The page' },
  'metrics.html': { file: 'docs/metrics.md', title: 'Metrics' },
  'arrays.html': { file: 'docs/arrays.md', title: 'Arrays' },
  'datasets.html': { file: 'docs/datasets.md', title: 'Data sets' },
  'errors.html': { file: 'docs/errors.md', title: 'Errors' },
};

const root = new URL('../', import.meta.url);

/** Writes the documents as pages beside the others: what a reader of the page wants to know is there offline too. */
export function guidePages(): Plugin {
  return {
    name: 'guide-pages',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle);
      const script = files.find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('/guide/main.ts'));
      const style = files.find(
        (file) => file.fileName.endsWith('.css') && 'source' in file && String(file.source).includes('--ground:'),
      );
      if (!script || !style) return this.error('the script or the style sheet of the guide is not in the bundle');
      for (const [name, { file, title }] of Object.entries(documents)) {
        const text = readFileSync(new URL(file, root), 'utf8');
        const source = pageOf(title, html(text, file), script.fileName, style.fileName);
        this.emitFile({ type: 'asset', fileName: `guide/${name}`, source });
      }
    },
  };
}

const pageOf = (title: string, body: string, script: string, style: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Warpserve: ${title}</title>
<link rel="icon" href="../favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="../${style}">
<script type="module" src="../${script}"></script>
</head>
<body class="guide">
<header>
<p class="name"><a href="../">Warpserve</a></p>
<nav aria-label="Documentation"><a href="../">See an alignment</a><a href="../docs/">API</a>${Object.entries(documents)
  .map(([name, one]) => `<a href="./${name}"${one.title === title ? ' aria-current="page"' : ''}>${one.title}</a>`)
  .join('')}</nav>
<div id="tools" class="tools"></div>
</header>
<main class="prose">${body}</main>
</body>
</html>
`;

/** The document as HTML: links to documents that are here lead there, pictures and links to other files are left out. */
function html(text: string, file: string): string {
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const inner = this.parser.parseInline(tokens);
        const id = inner
          .replace(/<[^>]+>/g, '')
          .toLowerCase()
          .replace(/[^\w\s-]/g, '')
          .trim()
          .replace(/\s+/g, '-');
        return `<h${depth} id="${id}">${inner}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const inner = this.parser.parseInline(tokens);
        const to = here(href, file);
        if (inner.trim() === '') return ''; // round a picture
        return to === undefined ? inner : `<a href="${to}">${inner}</a>`;
      },
      table(token) {
        const [head, ...rows] = [token.header, ...token.rows].map(
          (cells, row) =>
            `<tr>${cells.map((cell) => `<${row ? 'td' : 'th'}>${this.parser.parseInline(cell.tokens)}</${row ? 'td' : 'th'}>`).join('')}</tr>`,
        );
        const table = `<table><thead>${head}</thead><tbody>${rows.join('')}</tbody></table>`;
        return `<div class="scroll" tabindex="0" role="region" aria-label="Table">${table}</div>`;
      },
      code({ text: code }) {
        return `<pre tabindex="0"><code>${code.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</code></pre>`;
      },
      image: () => '',
      html: ({ text: raw }) => (/<(img|a)\b|<!--/.test(raw) ? '' : raw),
    },
  });
  return marked.parse(text, { async: false }).replace(/<p>\s*<\/p>/g, '');
}

/** Where a link of a document leads to from the guide; undefined where it leads to a file that is not here. */
function here(href: string, file: string): string | undefined {
  if (/^(https?:|mailto:|#)/.test(href)) return href;
  if (href.startsWith('http://127.0.0.1')) return href;
  const { pathname, hash } = new URL(href, new URL(file, 'file:///'));
  const name = Object.entries(documents).find(([, one]) => `/${one.file}` === pathname)?.[0];
  return name && `./${name}${hash}`;
}
