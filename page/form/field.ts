import { effect } from '@preact/signals-core';
import { freshId, h, setAll } from '../dom/dom.ts';
import { prose } from '../dom/prose.ts';
import { params } from '../state/state.ts';
import { errorLine, errorOf } from './errors.ts';
import { type Control, controlOf, type Property } from './property.ts';
import { setParam } from './set-param.ts';
import { slider, slides } from './slider.ts';

/** The field of one parameter: label, input, meaning, error. */
export function field(name: string, property: Property): HTMLElement {
  const control = controlOf(property);
  const id = freshId(name);
  const input = inputOf(control, name, property);
  setAll(input, { id, 'aria-describedby': `${id}-hint ${id}-error` });
  effect(() => {
    const value = params.value[name] ?? property.default;
    if (document.activeElement !== input) write(input, value);
  });
  return h(
    'div',
    { class: `field ${control.kind}` },
    h('label', { for: id }, h('code', {}, name)),
    input,
    slides(name, control) && slider(name, property),
    h('p', { id: `${id}-hint`, class: 'hint' }, ...prose(property.description)),
    errorLine(input, `${id}-error`, () => errorOf(name)),
  );
}

type Input = HTMLInputElement | HTMLSelectElement;

function inputOf(control: Control, name: string, property: Property): Input {
  const set = (value: unknown) => setParam(name, value, property);
  switch (control.kind) {
    case 'choice': {
      const options = [...(control.nullable ? [''] : []), ...control.options];
      return h(
        'select',
        { onchange: ({ target }) => set((target as HTMLSelectElement).value || undefined) },
        ...options.map((value) => h('option', { value }, value || 'not set')),
      );
    }
    case 'switch':
      return h('input', { type: 'checkbox', onchange: ({ target }) => set((target as HTMLInputElement).checked) });
    case 'number':
      return h('input', {
        type: 'number',
        step: control.whole ? 1 : 'any',
        min: control.min,
        max: control.max,
        placeholder: property.default === null ? 'not set' : undefined,
        inputmode: control.whole ? 'numeric' : 'decimal',
        oninput: ({ target }) => {
          const { value, valueAsNumber } = target as HTMLInputElement;
          set(value === '' ? undefined : valueAsNumber);
        },
      });
    case 'json':
      return h('input', {
        type: 'text',
        placeholder: property.default === null ? 'not set' : undefined,
        spellcheck: 'false',
        onchange: ({ target }) => set(readJson((target as HTMLInputElement).value)),
      });
  }
}

/** Anything that is not JSON is sent as it is: the service says what it expects there. */
function readJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function write(input: Input, value: unknown): void {
  if (input instanceof HTMLInputElement && input.type === 'checkbox') input.checked = value === true;
  else if (value === null || value === undefined) input.value = '';
  else input.value = typeof value === 'object' ? JSON.stringify(value) : String(value);
}
