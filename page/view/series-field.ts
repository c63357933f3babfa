import { computed, effect, type Signal, signal } from '@preact/signals-core';
import { loadExample, sampleOf } from '../data/examples.ts';
import { parseFile, parseText } from '../data/parse.ts';
import { ParseError } from '../data/parse-error.ts';
import { ownSample, type Sample, type Series } from '../data/series.ts';
import { h } from '../dom/dom.ts';
import { errorLine, errorOf } from '../form/errors.ts';
import { exampleName } from '../state/state.ts';
import { drawingPad } from './drawing-pad.ts';

/** Where one of the two series comes from: an example, a text, a file, a drawing. */
export function seriesField(name: 's1' | 's2', sample: Signal<Sample | undefined>): HTMLElement {
  const wrong = signal<string | undefined>(undefined);
  const use = (values: Series, from: string) => {
    wrong.value = undefined;
    sample.value = ownSample(values, from);
  };
  const read = async (find: () => ReturnType<typeof parseFile>, from: string) => {
    try {
      const [first] = await find();
      if (first) use(first.values, first.name ?? from);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      wrong.value = error.message;
    }
  };
  const text = h('textarea', {
    id: `${name}-text`,
    rows: 4,
    spellcheck: 'false',
    'aria-describedby': `${name}-hint ${name}-error`,
    oninput: () => void read(async () => parseText(text.value, 'series'), 'pasted'),
  });
  const file = h('input', {
    type: 'file',
    id: `${name}-file`,
    accept: '.csv,.txt,.json,.npy,.ts',
    onchange: () => {
      const [chosen] = file.files ?? [];
      if (chosen) void read(() => parseFile(chosen, 'series'), chosen.name);
    },
  });
  keepText(text, sample);
  const message = computed(() => wrong.value ?? errorOf(name));
  return h(
    'div',
    { class: `series-field ${name}`, role: 'group', 'aria-label': name },
    h('label', { for: `${name}-example` }, h('span', { class: `swatch ${name}` }), h('code', {}, name)),
    choice(name, sample),
    h(
      'details',
      {},
      h('summary', {}, 'Paste, open or draw'),
      h('label', { for: `${name}-text` }, `Values of ${name}`),
      text,
      h(
        'p',
        { id: `${name}-hint`, class: 'hint' },
        'JSON or CSV: one number, or one row of numbers, for each time step.',
      ),
      h('label', { for: `${name}-file` }, 'A file: .csv, .json, .npy or .ts'),
      file,
      drawingPad(name, (values) => use(values, 'drawn')),
    ),
    errorLine(text, `${name}-error`, () => message.value),
  );
}

/** The series of the chosen example. */
function choice(name: string, sample: Signal<Sample | undefined>): HTMLSelectElement {
  const select = h('select', {
    id: `${name}-example`,
    onchange: async () => {
      const chosen = exampleName.value;
      sample.value = sampleOf(await loadExample(chosen), chosen, Number(select.value));
    },
  });
  const own = h('option', { value: '', hidden: true });
  effect(() => {
    const chosen = exampleName.value;
    void loadExample(chosen).then((example) => {
      const options = example.series.map((_, k) => h('option', { value: k }, sampleOf(example, chosen, k).name));
      select.replaceChildren(own, ...options);
      mark();
    });
  });
  const mark = () => {
    const { from, name: called, values } = sample.value ?? { values: [] };
    own.textContent = `${called ?? ''}, ${values.length} steps`;
    own.hidden = from?.example === exampleName.value;
    select.value = own.hidden ? String(from?.index) : '';
  };
  effect(mark);
  return select;
}

/** The text shows what is used, unless the user is writing it. */
function keepText(text: HTMLTextAreaElement, sample: Signal<Sample | undefined>): void {
  effect(() => {
    if (sample.value && document.activeElement !== text) text.value = JSON.stringify(sample.value.values);
  });
}
