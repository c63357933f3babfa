import { batch, effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { overlay } from '../plot/overlay.ts';
import { widthSignal } from '../plot/size.ts';
import { datasetStored, usedDataset } from '../state/dataset.ts';
import { type Neighbor, neighborCount, neighborsShown } from '../state/neighbors.ts';
import { query } from '../state/query.ts';
import { s1, s2, view } from '../state/state.ts';
import { csvOfRows } from './csv.ts';
import { directionOf } from './direction.ts';
import { saveCsv } from './export.ts';
import { formatted } from './formatted.ts';
import { mountQueryPad } from './query-pad.ts';
import { focusFigures } from './views.ts';

/** Each picture is about so wide. */
const WIDE = 270;

/** A query drawn by hand, and the series of the data set that are nearest to it. */
export function mountNeighbors(padHost: HTMLElement, host: HTMLElement): void {
  mountQueryPad(padHost);
  const count = h('input', {
    id: 'neighbor-count',
    type: 'number',
    min: 1,
    max: 50,
    value: neighborCount.value,
    oninput: () => {
      if (count.valueAsNumber >= 1) neighborCount.value = Math.min(50, Math.floor(count.valueAsNumber));
    },
  });
  const says = h('p', { class: 'note', role: 'status', id: 'neighbors-note' });
  const list = h('ol', { class: 'found' });
  host.replaceChildren(
    h('div', { class: 'field inline' }, h('label', { for: 'neighbor-count' }, 'How many: '), count),
    says,
    list,
    saveCsv('neighbours', neighborsCsv),
  );
  const width = widthSignal(list);
  effect(() => {
    const now = neighborsShown.value;
    if (!now || width.value === 0) return;
    const { metric, neighbors, computed, pruned, request } = now;
    const total = datasetStored.value?.count ?? usedDataset.value.length;
    const saved = pruned > 0 ? ` Lower bounds spared ${pruned} of ${computed + pruned} computations.` : '';
    const meaning = directionOf(metric, Number(request.body.gamma ?? 0) > 0);
    says.textContent = `Of ${total} series, nearest first, under ${metric.name} (${meaning}).${saved}`;
    const across = Math.max(1, Math.floor((width.value + 24) / (WIDE + 24)));
    const each = Math.floor((width.value - 24 * (across - 1)) / across);
    list.replaceChildren(...neighbors.map((neighbor, rank) => item(neighbor, rank, each)));
  });
}

function item(neighbor: Neighbor, rank: number, width: number): HTMLElement {
  const { sample, value } = neighbor;
  const { query: asked } = neighborsShown.peek() ?? {};
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        'aria-label': `${rank + 1}. ${sample.name}: open the pair`,
        onclick: () => open(neighbor),
      },
      `${rank + 1}. ${sample.name}`,
    ),
    h('span', { class: 'number' }, formatted(value)),
    h(
      'div',
      { class: 'plot', role: 'img', 'aria-label': `${sample.name}, and the query over it` },
      asked && overlay(sample, asked, width),
    ),
  );
}

/** Shows the query and one of its neighbours as the pair. */
function open({ sample }: Neighbor): void {
  batch(() => {
    s1.value = query.peek();
    s2.value = sample;
    view.value = 'pair';
  });
  focusFigures();
}

const neighborsCsv = (): string | undefined =>
  neighborsShown.value &&
  csvOfRows([
    ['rank', 'index', 'name', 'class', 'value'],
    ...neighborsShown.value.neighbors.map(({ index, sample, value }, rank) => [
      rank + 1,
      index,
      sample.name,
      sample.label ?? '',
      value,
    ]),
  ]);
