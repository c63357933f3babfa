import { effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { dataset, datasetStored } from '../state/dataset.ts';
import { submitMatrix } from '../state/jobs.ts';
import { chosenParams, metricName, view } from '../state/state.ts';

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
    host.hidden = set === undefined || dataset.value.length > 0;
    wrong.textContent = '';
    says.textContent = set
      ? `${set.name} has ${set.count.toLocaleString('en-GB')} series: too many to draw their matrix. It can be computed as a job, whose result is a file. Its nearest neighbours can be looked for as ever.`
      : '';
  });
}
