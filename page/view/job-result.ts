import { effect, signal } from '@preact/signals-core';
import type { Matrix } from '../data/matrix.ts';
import { channel, ownSample, type Sample, type Series } from '../data/series.ts';
import { h } from '../dom/dom.ts';
import { chart } from '../plot/chart.ts';
import { membersChart } from '../plot/members.ts';
import { overlay } from '../plot/overlay.ts';
import { rectangle } from '../plot/rectangle.ts';
import { widthSignal } from '../plot/size.ts';
import { type JobResult, jobResult } from '../state/job-result.ts';
import { capabilities } from '../state/state.ts';
import { formatted } from './formatted.ts';
import { nameOf } from './job-name.ts';

/** So many queries are drawn with what was found for them. */
const QUERIES = 24;
/** So much of a result without a picture is shown. */
const LETTERS = 4000;

/** What is under the pointer in the result, in words. */
export const resultReadout = signal<string | undefined>(undefined);

/** The result of a job that no other view shows: a picture, and what it says in words. */
export function mountJobResult(section: HTMLElement, host: HTMLElement): void {
  const words = h('p', { class: 'note', role: 'status' });
  const plot = h('div', { class: 'plot', role: 'img' });
  const close = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: () => {
        jobResult.value = undefined;
      },
    },
    'Close',
  );
  host.replaceChildren(words, plot, close);
  const width = widthSignal(plot);
  let last: JobResult | undefined;
  effect(() => {
    const now = jobResult.value;
    section.hidden = now === undefined;
    if (now && now !== last) {
      words.textContent = `${nameOf(now.job)}: ${saying(now)}`;
      plot.setAttribute('aria-label', words.textContent);
    }
    last = now;
    resultReadout.value = undefined;
    plot.replaceChildren(...(now && width.value > 0 ? pictureOf(now, width.value) : []));
  });
}

/** What the answers of each operation are like. */
interface Kind {
  says(result: JobResult): string;
  draw(result: JobResult, width: number): (HTMLElement | SVGSVGElement)[];
}

const KINDS: Readonly<Partial<Record<string, Kind>>> = {
  cdist: {
    says: ({ answer }) => {
      const { rows, columns } = answer.matrix as Matrix;
      const more = 'gradient' in answer ? ' Its gradient is in the file.' : '';
      return `a matrix of ${rows} rows and ${columns} columns.${more}`;
    },
    draw({ answer, inputs, job }, width) {
      const matrix = answer.matrix as Matrix;
      const { dataset1, dataset2 = dataset1 } = inputs;
      const metric = capabilities.peek()?.metrics.find(({ name }) => name === job.request.path.split('/')[1]);
      const titles = {
        rows: 'series of dataset1',
        columns: `series of ${inputs.dataset2 ? 'dataset2' : 'dataset1'}`,
        colours: `${metric?.title} (${metric?.similarity ? 'bright is alike' : 'dark is alike'})`,
      };
      return [
        rectangle(matrix, width, titles, (cell) => {
          const { row, column } = cell ?? {};
          if (row === undefined || column === undefined) resultReadout.value = undefined;
          else {
            const names = [
              dataset1?.samples[row]?.name ?? `row ${row}`,
              dataset2?.samples[column]?.name ?? `column ${column}`,
            ];
            resultReadout.value = `${names.join(' and ')}: ${formatted(matrix.values[row * matrix.columns + column] as number)}`;
          }
        }),
      ];
    },
  },
  neighbors: {
    says({ inputs }) {
      const count = inputs.queries?.samples.length ?? 0;
      return `${count} queries, each with the nearest that was found${count > QUERIES ? `; here the first ${QUERIES}` : ''}.`;
    },
    draw({ answer, inputs }, width) {
      const { indices, values } = answer as unknown as { indices: number[][]; values: number[][] };
      const across = Math.max(1, Math.floor((width + 24) / 294));
      const each = Math.floor((width - 24 * (across - 1)) / across);
      const items = (inputs.queries?.samples ?? []).slice(0, QUERIES).map((query, k) => {
        const at = indices[k]?.[0] as number;
        const found = inputs.candidates?.samples[at] ?? ownSample([], `candidate ${at}`);
        return h(
          'li',
          {},
          h('span', {}, `${query.name}: ${found.name}`),
          h('span', { class: 'number' }, formatted(values[k]?.[0] as number)),
          h('div', { class: 'plot' }, overlay(found, query, each) as unknown as HTMLElement),
        );
      });
      return [h('ol', { class: 'found' }, ...items)];
    },
  },
  pairs: {
    says({ answer }) {
      const values = (answer.values as number[]).toSorted((a, b) => a - b);
      const [low, middle, high] = [values[0], values[values.length >> 1], values.at(-1)].map((value) =>
        formatted(value ?? Number.NaN),
      );
      return `${values.length} pairs, from ${low} to ${high}, half of them below ${middle}.`;
    },
    draw: ({ answer }, width) => [
      chart([{ values: answer.values as number[], name: 's1' }], width, { x: 'pair', y: 'value' }),
    ],
  },
  barycenter: {
    says: ({ answer, inputs }) =>
      `the barycenter of ${inputs.dataset?.samples.length} series, drawn over them; loss ${formatted(answer.loss as number)}.`,
    draw: ({ answer, inputs }, width) => [
      membersChart(inputs.dataset?.samples ?? [], answer.barycenter as Series, width),
    ],
  },
  'lower-bound': {
    says: ({ answer }) => `${formatted(answer.value as number)}: how far s1 is outside the envelope of s2.`,
    draw({ answer, inputs }, width) {
      const { lower, upper } = answer.envelope as { lower: Series; upper: Series };
      const [s1] = inputs.s1?.samples ?? [];
      return [
        chart(
          [
            { values: channel(lower, 0), name: 's2' },
            { values: channel(upper, 0), name: 's2' },
            ...(s1 ? [{ values: channel((s1 as Sample).values, 0), name: 's1' }] : []),
          ],
          width,
          { x: 'time step', y: 'value' },
        ),
      ];
    },
  },
};

const kindOf = ({ job }: JobResult): Kind | undefined => KINDS[job.request.path.split('/')[2] ?? ''];

const saying = (now: JobResult): string => kindOf(now)?.says(now) ?? 'its result.';

function pictureOf(now: JobResult, width: number): (HTMLElement | SVGSVGElement)[] {
  const kind = kindOf(now);
  if (kind) return kind.draw(now, width);
  return [h('pre', { tabindex: 0 }, JSON.stringify(now.answer, null, 2).slice(0, LETTERS))];
}
