import { effect, signal } from '@preact/signals-core';
import { freshId, h } from '../dom/dom.ts';
import { key } from '../service/key.ts';
import type { Route } from './document.ts';
import { told } from './key-field.ts';

/** Where the service is: above the page. */
const base = new URL('..', location.href).href.replace(/\/$/, '');

/** More of an answer than this is cut on the screen. */
const SHOWN = 20_000;

/** Sends the operation: its examples to begin with, what is written there in the end. */
export function tryOut({ method, path, parameters = [], requestBody }: Route): HTMLElement {
  const examples = Object.values(requestBody?.content['application/json']?.examples ?? {});
  const id = freshId('body');
  const body = h('textarea', { id, rows: 5, spellcheck: 'false' });
  const write = (value: unknown) => {
    body.value = JSON.stringify(value, null, 1).replace(/\n\s+(?=[-\d.\]n])/g, ' ');
  };
  if (examples[0]) write(examples[0].value);
  const values = new Map<string, string>();
  const inputs = parameters.filter((one) => one.in !== 'header').map((one) => input(one, values));
  const choice =
    examples.length > 1 &&
    h(
      'select',
      {
        'aria-label': 'Example',
        onchange: ({ target }) => write(examples[Number((target as HTMLSelectElement).value)]?.value),
      },
      ...examples.map(({ summary = '' }, k) => h('option', { value: k }, summary)),
    );
  const answer = signal<{ readonly said: string; readonly text: string } | undefined>(undefined);
  const send = h('button', { type: 'button', class: 'primary' }, 'Send');
  send.addEventListener('click', async () => {
    send.disabled = true;
    answer.value = await ask(method, addressOf(path, parameters, values), requestBody ? body.value : undefined);
    send.disabled = false;
  });
  const said = h('p', { class: 'note', role: 'status' });
  const text = h('pre', { tabindex: 0, 'aria-label': 'The answer' });
  effect(() => {
    said.textContent = answer.value?.said ?? '';
    text.textContent = answer.value?.text ?? '';
    text.hidden = !answer.value;
  });
  return h(
    'div',
    { class: 'try' },
    h('h4', {}, 'Try it'),
    ...inputs,
    requestBody && h('div', { class: 'field' }, h('label', { for: id }, 'Body, JSON '), choice, body),
    h('div', { class: 'buttons' }, send),
    said,
    text,
  );
}

function input(
  { name, schema = {}, required = false }: NonNullable<Route['parameters']>[number],
  values: Map<string, string>,
): HTMLElement {
  const id = freshId(name);
  if (schema.type === 'boolean') {
    const box = h('input', { id, type: 'checkbox', onchange: () => values.set(name, box.checked ? 'true' : '') });
    return h('label', { class: 'check', for: id }, box, h('code', {}, name));
  }
  const field = h('input', { id, type: 'text', required, oninput: () => values.set(name, field.value) });
  return h('div', { class: 'field' }, h('label', { for: id }, h('code', {}, name)), field);
}

function addressOf(path: string, parameters: Route['parameters'], values: ReadonlyMap<string, string>): string {
  const given = (parameters ?? []).filter(({ name }) => values.get(name));
  const query = new URLSearchParams(
    given.filter((one) => one.in === 'query').map(({ name }) => [name, values.get(name) as string]),
  ).toString();
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values.get(name) ?? ''));
  return base + filled + (query && `?${query}`);
}

async function ask(method: string, address: string, body: string | undefined): Promise<{ said: string; text: string }> {
  const headers = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(key.peek() && { authorization: `Bearer ${key.peek()}` }),
  };
  const began = performance.now();
  try {
    const response = await fetch(address, { method, headers, ...(body !== undefined && { body }) });
    const text = await response.text();
    const took = performance.now() - began;
    told(response.status);
    const cut = text.length > SHOWN ? `${text.slice(0, SHOWN)}\n… ${text.length - SHOWN} more characters` : text;
    const kind = response.headers.get('content-type')?.split(';')[0] ?? 'no content';
    return { said: `${response.status} ${response.statusText} · ${kind} · ${took.toFixed(0)} ms`, text: pretty(cut) };
  } catch (error) {
    return { said: `The service does not answer: ${(error as Error).message}`, text: '' };
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 1).replace(/\n\s+(?=[-\d.\]n])/g, ' ');
  } catch {
    return text;
  }
}
