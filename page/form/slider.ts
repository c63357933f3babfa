import { effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { params } from '../state/state.ts';
import type { Control, Property } from './property.ts';
import { setParam } from './set-param.ts';

/** Smoothing parameters, with a logarithmic scale between these powers of ten. */
const scales: Readonly<Record<string, readonly [number, number]>> = { gamma: [-3, 2], sigma: [-2, 2] };

/** Whether a parameter has a slider next to its field. */
export const slides = (name: string, { kind }: Control): boolean => kind === 'number' && name in scales;

/** A slider that responds while it moves. */
export function slider(name: string, property: Property): HTMLInputElement {
  const [min, max] = scales[name] as readonly [number, number];
  const input = h('input', {
    type: 'range',
    min,
    max,
    step: 0.01,
    'aria-label': `${name}, logarithmic`,
    oninput: () => setParam(name, Number((10 ** input.valueAsNumber).toPrecision(3)), property),
  });
  effect(() => {
    const value = Number(params.value[name] ?? property.default);
    input.setAttribute('aria-valuetext', `${name} ${value}`);
    if (document.activeElement !== input) input.valueAsNumber = value > 0 ? Math.log10(value) : min;
  });
  return input;
}
