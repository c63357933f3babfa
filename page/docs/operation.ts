import { h } from '../dom/dom.ts';
import { prose } from '../dom/prose.ts';
import type { OpenApi, Route } from './document.ts';
import { fieldsOf } from './fields.ts';
import { markdown } from './markdown.ts';
import { tryOut } from './try.ts';

/** One operation, closed; what is in it is made when it is opened. */
export function operation(route: Route, document: OpenApi): HTMLDetailsElement {
  const { method, path, summary, id } = route;
  const details = h(
    'details',
    { id, class: 'operation', 'data-find': `${method} ${path} ${summary ?? ''}`.toLowerCase() },
    h(
      'summary',
      {},
      h('span', { class: `method ${method.toLowerCase()}` }, method),
      h('code', {}, path),
      h('span', { class: 'summary' }, summary ?? ''),
    ),
  );
  details.addEventListener('toggle', () => {
    if (!details.open || details.childElementCount > 1) return;
    details.append(
      h(
        'div',
        { class: 'inside' },
        ...markdown(route.description),
        tryOut(route),
        ...fieldsOf(route, document),
        ...bodies(route),
        ...answers(route),
      ),
    );
  });
  return details;
}

/** What else a body may be. */
function bodies({ requestBody }: Route): HTMLElement[] {
  const others = Object.entries(requestBody?.content ?? {}).filter(([type]) => type !== 'application/json');
  return others.length === 0
    ? []
    : [
        h('h4', {}, 'Other bodies'),
        ...others.map(([type, { schema }]) =>
          h('div', { class: 'other' }, h('code', {}, type), ...markdown(schema?.description)),
        ),
      ];
}

function answers({ responses }: Route): HTMLElement[] {
  return [
    h('h4', {}, 'Answers'),
    h(
      'dl',
      { class: 'fields' },
      ...Object.entries(responses).map(([status, { description, content = {} }]) => {
        const json = content['application/json'];
        const example = json?.example ?? json?.schema?.examples?.[0];
        return h(
          'div',
          {},
          h('dt', {}, h('code', {}, status), h('span', { class: 'hint' }, ` ${Object.keys(content).join(', ')}`)),
          h(
            'dd',
            {},
            ...prose(description),
            example !== undefined && h('pre', { tabindex: 0, 'aria-label': 'An example' }, JSON.stringify(example)),
          ),
        );
      }),
    ),
  ];
}
