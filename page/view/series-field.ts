import { computed, effect, type Signal, signal } from '@preact/signals-core';
import { loadExample, sampleOf } from '../data/examples.ts';
import { ownSample, type Sample, sizeOf } from '../data/series.ts';
import { h } from '../dom/dom.ts';
import { errorLine, errorOf } from '../form/errors.ts';
import { foundIn, type Source, sourceOf, sourceOfFile } from '../import/source.ts';
import { draft, howRead, takeSources } from '../import/take.ts';
import { exampleName } from '../state/state.ts';
import { drawingPad } from './drawing-pad.ts';

/** A text of more numbers takes seconds to lay out. */
const SHOWN = 20_000;

/** Where one of the two series comes from: an example, a text, a file, a drawing. */
export function seriesField(name: 's1' | 's2', sample: Signal<Sample | undefined>): HTMLElement {
  /** The text as it was read, while it is what is used. */
  const pasted = signal<Source | undefined>(undefined);
  /** The series that was read from the text. */
  let written: Sample | undefined;
  const text = h('textarea', {
    id: `${name}-text`,
    rows: 4,
    spellcheck: 'false',
    'aria-describedby': `${name}-hint ${name}-error`,
    oninput: async () => {
      const now = text.value;
      const source = await sourceOf('pasted', new TextEncoder().encode(now), 'series');
      if (text.value !== now) return;
      const [first] = foundIn([source]);
      if (first) {
        written = ownSample(first.values, first.name ?? 'pasted');
        sample.value = written;
      }
      pasted.value = source;
    },
  });
  const file = h('input', {
    type: 'file',
    id: `${name}-file`,
    onchange: async () => {
      const [chosen] = file.files ?? [];
      if (!chosen) return;
      const source = await sourceOfFile(chosen, 'any');
      const alone = foundIn([source]).length === 1;
      await takeSources([source], alone ? { as: name, first: 0, second: 0 } : undefined);
      file.value = '';
    },
  });
  effect(() => {
    // What the user is writing stays as it is written.
    if (!sample.value || sample.value === written) return;
    const { values } = sample.value;
    const fits = sizeOf(values) <= SHOWN;
    text.value = fits ? JSON.stringify(values) : '';
    text.placeholder = fits ? '' : `${values.length.toLocaleString('en-GB')} steps: too many to show here`;
  });
  effect(() => {
    void sample.value; // what was wrong with a text is past once another series is there
    pasted.value = undefined;
  });
  const message = computed(() => pasted.value?.wrong ?? errorOf(name));
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
      readAs(name, pasted),
      h(
        'p',
        { id: `${name}-hint`, class: 'hint' },
        'JSON or CSV: one number, or one row of numbers, for each time step.',
      ),
      h('label', { for: `${name}-file` }, 'A file: CSV, JSON, .npy, .npz, .ts, Parquet'),
      file,
      h(
        'div',
        { class: 'drawing' },
        h('span', { class: 'hint' }, 'Or draw it here:'),
        drawingPad(name, (values) => {
          sample.value = ownSample(values, 'drawn');
        }),
      ),
    ),
    errorLine(text, `${name}-error`, () => message.value),
  );
}

/** How a text was read, where it could be read otherwise, with the way to change it. */
function readAs(name: 's1' | 's2', pasted: Signal<Source | undefined>): HTMLElement {
  const said = h('span', { role: 'status' });
  const change = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: () => {
        const { value: source } = pasted;
        if (source) draft.value = { sources: [source], destination: { as: name, first: 0, second: 0 } };
      },
    },
    'Change',
  );
  const line = h('p', { class: 'hint read-as' }, said, ' ', change);
  effect(() => {
    const { value: source } = pasted;
    const guessed = source?.reading?.choices.delimiter !== undefined || (source?.reading?.notes.length ?? 0) > 0;
    line.hidden = !(source && (guessed || source.wrong));
    said.textContent = source?.reading ? `Read as: ${howRead([source])}.` : '';
  });
  return line;
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
    own.textContent = `${called ?? ''}, ${values.length} ${values.length === 1 ? 'step' : 'steps'}`;
    own.hidden = from?.example === exampleName.value;
    select.value = own.hidden ? String(from?.index) : '';
  };
  effect(mark);
  return select;
}
