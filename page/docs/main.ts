import './docs.css';
import { byId, h } from '../dom/dom.ts';
import { mountTheme } from '../view/theme.ts';
import { type OpenApi, routesOf } from './document.ts';
import { mountKeyField } from './key-field.ts';
import { markdown } from './markdown.ts';
import { operation } from './operation.ts';
import { type Section, sectionsOf } from './sections.ts';

mountTheme(byId('tools'));
mountKeyField();
try {
  show((await (await fetch('../openapi-full.json')).json()) as OpenApi);
} catch (error) {
  byId('operations').append(
    h('p', { class: 'error' }, `The OpenAPI document cannot be read: ${(error as Error).message}.`),
  );
}

function show(document: OpenApi): void {
  // What the document says under headings, such as the limits, comes after the operations.
  const [about = '', ...notes] = (document.info.description ?? '').split(/^(?=## )/m);
  const sections = sectionsOf(document, routesOf(document));
  byId('about').append(...markdown(about), h('p', { class: 'hint' }, `Version ${document.info.version}.`));
  const limits = (note: string) => Number(/^## Limits/.test(note));
  byId('notes').append(...notes.toSorted((a, b) => limits(a) - limits(b)).flatMap(markdown));
  byId('operations').append(
    ...families(sections).flatMap(([family, members]) => [
      h('h2', {}, family),
      ...members.map((one) => part(one, document)),
    ]),
  );
  byId('contents').append(...families(sections).map(([family, members]) => contents(family, members)));
  byId<HTMLInputElement>('find').addEventListener('input', ({ target }) => find((target as HTMLInputElement).value));
  addEventListener('hashchange', openLinked);
  openLinked();
}

function families(sections: readonly Section[]): [family: string, members: Section[]][] {
  return [...Map.groupBy(sections, ({ family }) => family)];
}

function part({ id, title, routes }: Section, document: OpenApi): HTMLElement {
  return h('section', { id, class: 'part' }, h('h3', {}, title), ...routes.map((route) => operation(route, document)));
}

function contents(family: string, members: readonly Section[]): HTMLElement {
  const links = members.map(({ id, title, routes }) =>
    h(
      'li',
      {},
      h(
        'a',
        { href: `#${id}` },
        id.startsWith('metric-') ? (title.split(' · ')[0] ?? title) : `${routes.length} operations`,
      ),
    ),
  );
  return h('div', {}, h('h3', {}, family), h('ul', {}, ...links));
}

/** Shows the operations that have all words that are sought. */
function find(text: string): void {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  for (const one of document.querySelectorAll<HTMLElement>('.operation')) {
    one.hidden = !words.every((word) => one.dataset.find?.includes(word));
  }
  for (const one of document.querySelectorAll<HTMLElement>('.part')) {
    one.hidden = one.querySelector('.operation:not([hidden])') === null;
  }
  for (const heading of document.querySelectorAll<HTMLElement>('#operations > h2')) {
    let next = heading.nextElementSibling as HTMLElement | null;
    let any = false;
    while (next?.matches('.part')) {
      any ||= !next.hidden;
      next = next.nextElementSibling as HTMLElement | null;
    }
    heading.hidden = !any;
  }
}

/** Opens the operation that the address names. */
function openLinked(): void {
  const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (linked instanceof HTMLDetailsElement) linked.open = true;
  linked?.scrollIntoView();
}
