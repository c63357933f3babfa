import type { Found } from '../data/reading.ts';
import { h } from '../dom/dom.ts';
import type { Destination } from './destination.ts';

/** What the series become: the choices that fit their number. */
export function useFields(
  found: readonly Found[],
  destination: Destination,
  told: (destination: Destination) => void,
): HTMLElement {
  const many = found.length > 1;
  const options = {
    ...(many && { matrix: `A data set: the matrix of all ${found.length}`, pair: 'A pair' }),
    s1: many ? 's1 alone' : 's1',
    s2: many ? 's2 alone' : 's2',
    halves: 'Its first half as s1, its second as s2',
  } as const;
  const radio = (as: Destination['as'], label: string) =>
    h(
      'label',
      {},
      h('input', {
        type: 'radio',
        name: 'use-as',
        value: as,
        checked: destination.as === as,
        onchange: () => told({ ...destination, as }),
      }),
      h('span', {}, label),
    );
  const which = (name: 'first' | 'second', label: string) => {
    const select = h(
      'select',
      { onchange: () => told({ ...destination, [name]: Number(select.value) }) },
      ...found.map((one, k) => h('option', { value: k, selected: destination[name] === k }, one.name ?? '')),
    );
    return h('label', {}, `${label} `, select);
  };
  const { as } = destination;
  return h(
    'fieldset',
    { class: 'use' },
    h('legend', {}, 'Use as'),
    ...Object.entries(options).map(([value, label]) => radio(value as Destination['as'], label)),
    many && as !== 'matrix' && which('first', as === 'pair' ? 's1:' : 'Which:'),
    many && as === 'pair' && which('second', 's2:'),
  );
}
