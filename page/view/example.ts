import { batch, effect } from '@preact/signals-core';
import { type Example, examplePair, exampleTitles, loadExample } from '../data/examples.ts';
import { h } from '../dom/dom.ts';
import { exampleName, s1, s2 } from '../state/state.ts';

/** Shows an example's pair. */
async function chooseExample(name: string): Promise<void> {
  const [one, other] = await examplePair(name);
  batch(() => {
    exampleName.value = name;
    s1.value = one;
    s2.value = other;
  });
}

/** The choice of an example, with what it is and its source. */
export function mountExample(host: HTMLElement): void {
  const own = h('option', { value: '', hidden: true }, 'your own series');
  const select = h(
    'select',
    { id: 'example', 'aria-describedby': 'example-about', onchange: () => void chooseExample(select.value) },
    own,
    ...Object.entries(exampleTitles).map(([value, title]) => h('option', { value }, title)),
  );
  const about = h('p', { id: 'example-about', class: 'hint' });
  host.replaceChildren(h('div', { class: 'field' }, h('label', { for: 'example' }, 'Example'), select, about));
  effect(() => {
    const chosen = exampleName.value;
    const used = [s1.value, s2.value].some((sample) => sample?.from?.example === chosen);
    own.hidden = used;
    select.value = used ? chosen : '';
    if (!used) about.replaceChildren();
    else void loadExample(chosen).then((example) => about.replaceChildren(...credit(example)));
  });
}

const credit = ({ about, problem, source }: Example) => [
  `${about} ${problem}: `,
  h('a', { href: source.url, rel: 'noreferrer' }, source.text),
  '.',
];
