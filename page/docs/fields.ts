import { h } from '../dom/dom.ts';
import { prose } from '../dom/prose.ts';
import { type OpenApi, type Route, resolved, type Schema } from './document.ts';

/** What a schema allows, in a few words. */
function typeOf(given: Schema, document: OpenApi): string {
  const schema = resolved(given, document);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(', ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.oneOf) {
    const named = given.$ref?.split('/').at(-1);
    if (named) return named.toLowerCase();
    return [...new Set(schema.oneOf.map((one) => typeOf(one, document)))].join(' or ');
  }
  if (schema.type === 'array') return `array of ${schema.items ? typeOf(schema.items, document) : 'anything'}`;
  const { minimum, exclusiveMinimum, maximum } = schema;
  const least = minimum !== undefined ? `≥ ${minimum}` : exclusiveMinimum !== undefined ? `> ${exclusiveMinimum}` : '';
  const most = maximum !== undefined && maximum < 1e9 ? `≤ ${maximum}` : '';
  return [[schema.type ?? 'anything'].flat().join(' or '), [least, most].filter(Boolean).join(', ')]
    .filter(Boolean)
    .join(' ');
}

/** What an operation takes: in its path and query, and in its body. */
export function fieldsOf({ parameters = [], requestBody }: Route, document: OpenApi): HTMLElement[] {
  const body = requestBody?.content['application/json']?.schema;
  const schema = body && resolved(body, document);
  const properties = Object.entries(schema?.properties ?? {});
  const listed = (title: string, rows: HTMLElement[]) =>
    rows.length > 0 ? [h('h4', {}, title), h('dl', { class: 'fields' }, ...rows)] : [];
  return [
    ...(['path', 'query', 'header'] as const).flatMap((place) =>
      listed(
        { path: 'In the path', query: 'In the query', header: 'Headers' }[place],
        parameters
          .filter((one) => one.in === place)
          .map(({ name, schema: of = {}, required = false, description }) =>
            row(name, typeOf(of, document), required, of.default, description ?? of.description),
          ),
      ),
    ),
    ...listed(
      'In the body',
      properties.map(([name, property]) => {
        const of = resolved(property, document);
        return row(
          name,
          typeOf(property, document),
          schema?.required?.includes(name) ?? false,
          of.default,
          of.description,
        );
      }),
    ),
  ];
}

function row(name: string, type: string, required: boolean, fallback: unknown, description: string | undefined) {
  const says = [
    type,
    required ? 'required' : fallback !== undefined && fallback !== null ? `default ${JSON.stringify(fallback)}` : '',
  ];
  return h(
    'div',
    {},
    h('dt', {}, h('code', {}, name), h('span', { class: 'hint' }, ` ${says.filter(Boolean).join(' · ')}`)),
    h('dd', {}, ...prose(description)),
  );
}
