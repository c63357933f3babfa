import { effect, untracked } from '@preact/signals-core';
import { channel, ownSample, type Sample } from '../data/series.ts';
import { h } from '../dom/dom.ts';
import { widened } from '../plot/numbers.ts';
import { extentOf } from '../plot/raster.ts';
import { dataset } from '../state/dataset.ts';
import { drawnSteps, ghosts, query, sketch } from '../state/query.ts';
import { s1, s2 } from '../state/state.ts';
import { drawingPad } from './drawing-pad.ts';

/** More series than this are too many to choose from. */
const OFFERED = 200;

/** What is looked for: drawn over a few series of the data set, or one of the series on the page. */
export function mountQueryPad(host: HTMLElement): void {
  const pad = h('div', { class: 'query-pad' });
  const says = h('p', { class: 'note', id: 'query-note' });
  const select = h('select', { id: 'query-from', onchange: () => take(select.value) });
  host.replaceChildren(
    pad,
    h(
      'div',
      { class: 'under' },
      says,
      h('div', { class: 'query-from' }, h('label', { for: 'query-from' }, 'Or take '), select),
    ),
  );
  effect(() => {
    const few = ghosts.value;
    const [first] = few;
    const channels = typeof first?.values[0] === 'object' ? first.values[0].length : 1;
    const drawable = few.length > 0 && channels === 1;
    says.textContent = drawable
      ? 'Draw over the line with the mouse, a finger or the arrow keys. Faint: some series of the data set.'
      : channels > 1
        ? `Series of ${channels} channels cannot be drawn: take one of the data set.`
        : '';
    pad.hidden = !drawable;
    if (!drawable) return;
    const behind = few.map(({ values }) => channel(values, 0));
    const [low, high] = widened(extentOf(behind.flat()));
    const room = (high - low) / 8;
    // Redrawn for another data set or another query, but not for what was drawn here.
    const now = query.value;
    if (now !== undefined && now === drawn) return;
    const start = now && stretched(channel(now.values, 0), drawnSteps.value);
    const draw = (values: number[]) => {
      drawn = ownSample(values, 'drawn');
      query.value = drawn;
    };
    pad.replaceChildren(
      drawingPad('s1', draw, {
        steps: drawnSteps.value,
        range: [low - room, high + room],
        behind,
        ...(start && { start }),
      }),
    );
  });
  effect(() => {
    const series = dataset.value.slice(0, OFFERED);
    const now = query.value;
    const at = series.findIndex(({ values }) => values === now?.values);
    const is =
      now === undefined ? '' : now.values === s1.value?.values ? 's1' : now.values === s2.value?.values ? 's2' : '';
    select.replaceChildren(
      h('option', { value: '', hidden: true }, now?.name ?? ''),
      h('option', { value: 'sketch' }, 'a sketch of the first series'),
      h('option', { value: 's1' }, `s1, ${s1.value?.name ?? ''}`),
      h('option', { value: 's2' }, `s2, ${s2.value?.name ?? ''}`),
      ...(series.length > 0
        ? [h('optgroup', { label: 'The data set' }, ...series.map(({ name }, k) => h('option', { value: k }, name)))]
        : []),
    );
    select.value = is || (at >= 0 ? String(at) : '');
  });
}

/** What was drawn last: the pad shows it already. */
let drawn: Sample | undefined;

function take(value: string): void {
  const from: Readonly<Record<string, Sample | undefined>> = {
    s1: s1.peek(),
    s2: s2.peek(),
    sketch: untracked(sketch),
  };
  query.value = value in from ? from[value] : dataset.peek()[Number(value)];
}

/** A line of so many steps with the shape of a longer or shorter one. */
const stretched = (line: readonly number[], steps: number): number[] =>
  Array.from({ length: steps }, (_, t) => {
    const place = steps > 1 ? (t * (line.length - 1)) / (steps - 1) : 0;
    const low = Math.floor(place);
    const high = Math.min(line.length - 1, low + 1);
    return (line[low] as number) + (place - low) * ((line[high] as number) - (line[low] as number));
  });
