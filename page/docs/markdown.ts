import { h } from '../dom/dom.ts';
import { prose } from '../dom/prose.ts';

/** The document's own texts: paragraphs, code between backticks or indented, lists and tables. Nothing else is in them. */
export function markdown(text: string | undefined): HTMLElement[] {
  return (text ?? '').split(/\n{2,}/).flatMap((block): HTMLElement[] => {
    if (block.trim() === '') return [];
    if (/^#+ /.test(block)) return [h('h2', {}, ...prose(block.replace(/^#+ /, '')))];
    if (block.split('\n').every((line) => line.startsWith('|'))) return [table(block)];
    if (block.split('\n').every((line) => line.startsWith('    ')))
      return [h('pre', { tabindex: 0, 'aria-label': 'The formula' }, block.replace(/^ {4}/gm, ''))];
    if (/^[-*] /.test(block)) {
      return [
        h('ul', {}, ...block.split(/\n(?=[-*] )/).map((item) => h('li', {}, ...prose(item.replace(/^[-*] /, ''))))),
      ];
    }
    return [h('p', {}, ...prose(block))];
  });
}

function table(block: string): HTMLElement {
  const [head, , ...rows] = block.split('\n').map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Table' },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...(head ?? []).map((cell) => h('th', { scope: 'col' }, ...prose(cell))))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, ...row.map((cell) => h('td', {}, ...prose(cell)))))),
    ),
  );
}
