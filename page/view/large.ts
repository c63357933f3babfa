import { effect } from '@preact/signals-core';
import { MOST_VALUES } from '../data/matrix.ts';
import { h } from '../dom/dom.ts';
import { datasetStored, isLarge } from '../state/dataset.ts';
import { submitMatrix } from '../state/jobs.ts';
import { chosenParams, metricName, view } from '../state/state.ts';
import { MOST_SERIES, type StoredDataset } from '../state/stored.ts';

/** The matrix of a data set that is too large to be drawn: a job, whose result is a file. */
export function mountLarge(host: HTMLElement): void {
  const says = h('p', {});
  const wrong = h('p', { class: 'error', role: 'alert' });
  const start = h(
    'button',
    {
      type: 'button',
      onclick: async () => {
        const set = datasetStored.peek();
        if (!set) return;
        const job = await submitMatrix(metricName.peek(), set.name, chosenParams.peek());
        wrong.textContent = job.ok ? '' : job.problem.detail;
        if (job.ok) view.value = 'stored';
      },
    },
    'Compute the matrix as a job',
  );
  host.replaceChildren(says, start, wrong);
  effect(() => {
    const set = datasetStored.value;
    host.hidden = !isLarge.value;
    wrong.textContent = '';
    says.textContent = set ? sayingOf(set) : '';
  });
}

function sayingOf({ name, count, lengths }: StoredDataset): string {
  const [series, values] = [count, count ** 2].map((many) => many.toLocaleString('en-GB'));
  const what =
    count > MOST_SERIES
      ? `${series} series: too many to draw their matrix, which is drawn for up to ${MOST_SERIES.toLocaleString('en-GB')}`
      : `${series} series of ${Math.round(lengths.mean).toLocaleString('en-GB')} steps: too many values for this page to hold`;
  const then =
    count ** 2 > MOST_VALUES
      ? 'its result is a file: “Save .npy” in the list of jobs, and numpy.load reads it'
      : 'its result opens from the list of jobs, and can be saved there';
  return `${name} has ${what}. The matrix of ${values} values can be computed as a job; ${then}. Nearest neighbours and a search work as ever.`;
}
