import { batch, computed, effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { cell, mountMatrix, seriesAt } from '../plot/matrix.ts';
import { mountMembers } from '../plot/members.ts';
import { between } from '../state/barycenter.ts';
import { isLarge } from '../state/dataset.ts';
import { chosenGroup, groupCount, groups, matrixShown } from '../state/matrix.ts';
import { s1, s2, view } from '../state/state.ts';
import { mountClasses } from './classes.ts';
import { matrixCsv } from './csv.ts';
import { saveButtons } from './export.ts';
import { formatted } from './formatted.ts';
import { mountLarge } from './large.ts';
import { focusFigures } from './views.ts';

/** What is under the cross-hair of the matrix, in words. */
export const matrixReadout = computed(() => {
  const [now, at] = [matrixShown.value, cell.value];
  const [one, other] = now && at ? [now.tree.members[at.row], now.tree.members[at.column]] : [];
  if (!now || one === undefined || other === undefined) return undefined;
  const value = formatted(now.matrix.values[one * now.matrix.columns + other] as number);
  return `${now.series[one]?.name} and ${now.series[other]?.name}: ${value}`;
});

/** The matrix of a data set, and the barycenter of one of its groups. */
export function mountMatrixView(matrixHost: HTMLElement, groupHost: HTMLElement): void {
  const plot = h('div', {
    class: 'plot',
    role: 'application',
    tabindex: 0,
    'aria-label': 'Matrix of the data set: the arrow keys select a cell, Enter opens its pair',
    'aria-describedby': 'matrix-readout',
  });
  const readout = h('p', { id: 'matrix-readout', class: 'note', 'aria-live': 'polite' });
  const classes = h('div', { class: 'classes' });
  const drawing = h('div', {}, classes, plot, readout, saveButtons(plot, 'matrix', matrixCsv));
  const large = h('div');
  matrixHost.replaceChildren(large, drawing);
  mountLarge(large);
  effect(() => {
    drawing.hidden = isLarge.value;
  });
  mountClasses(classes);
  mountMatrix(plot, openPair);
  effect(() => {
    readout.textContent =
      matrixReadout.value ??
      'Point at a cell to read it; click it to open that pair. Rows follow the dendrogram (average linkage).';
  });
  plot.addEventListener('keydown', (event) => {
    const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const { row, column } = cell.value ?? { row: 0, column: 0 };
    if (event.key === 'Enter') openPair(seriesAt(row), seriesAt(column));
    if (move === undefined || !matrixShown.value) return;
    event.preventDefault();
    const last = matrixShown.value.matrix.rows - 1;
    const within = (at: number) => Math.min(last, Math.max(0, at));
    cell.value = { row: within(row + (move[0] ?? 0)), column: within(column + (move[1] ?? 0)) };
  });
  mountGroups(groupHost);
}

/** Shows one cell's pair. */
function openPair(one: number, other: number): void {
  const { series = [] } = matrixShown.peek() ?? {};
  batch(() => {
    s1.value = series[one];
    s2.value = series[other];
    view.value = 'pair';
  });
  focusFigures();
}

function mountGroups(host: HTMLElement): void {
  const count = h('input', {
    id: 'group-count',
    type: 'number',
    min: 1,
    max: 12,
    value: groupCount.value,
    oninput: () => {
      if (count.valueAsNumber >= 1) groupCount.value = Math.floor(count.valueAsNumber);
    },
  });
  const which = h('select', {
    id: 'group',
    onchange: () => {
      chosenGroup.value = Number(which.value);
    },
  });
  const plot = h('div', { class: 'plot', role: 'img', 'aria-label': 'Barycenter of the group' });
  const says = h('p', { class: 'note', role: 'status' });
  host.replaceChildren(
    h(
      'div',
      { class: 'row' },
      h('div', { class: 'field' }, h('label', { for: 'group-count' }, 'Groups'), count),
      h('div', { class: 'field' }, h('label', { for: 'group' }, 'Barycenter of'), which),
    ),
    plot,
    says,
  );
  mountMembers(plot);
  effect(() => {
    host.parentElement?.classList.toggle('nothing', isLarge.value || groups.value.length === 0);
  });
  effect(() => {
    const options = groups.value.map(({ members }, k) =>
      h('option', { value: k }, `group ${k + 1}, ${members.length} series`),
    );
    which.replaceChildren(...options);
    which.value = String(Math.min(chosenGroup.value, options.length - 1));
  });
  effect(() => {
    if (!between.value) return;
    const { metric, members, loss, failure } = between.value;
    says.textContent = failure
      ? failure.detail
      : `The barycenter of ${members.length} series under ${metric}, drawn over them; loss ${formatted(loss ?? 0)}.`;
    plot.setAttribute('aria-label', says.textContent);
  });
}
