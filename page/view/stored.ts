import { effect } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { key } from '../service/key.ts';
import { jobsProblem, listJobs } from '../state/jobs.ts';
import { problem, view } from '../state/state.ts';
import { listStored, storedProblem } from '../state/stored.ts';
import { mountJobResult } from './job-result.ts';
import { mountJobs } from './jobs.ts';
import { mountStoredList } from './stored-list.ts';
import { mountUpload } from './upload.ts';

/** What the service keeps: data sets and jobs. */
export function mountStored(datasetsHost: HTMLElement, jobsHost: HTMLElement, resultHost: HTMLElement): void {
  const [upload, sets, jobs] = [h('div', { class: 'upload' }), h('div'), h('div')];
  const none = h('p', { class: 'error', role: 'alert', id: 'no-store' });
  datasetsHost.replaceChildren(none, upload, sets);
  jobsHost.replaceChildren(jobs);
  mountUpload(upload);
  mountStoredList(sets);
  mountJobs(jobs);
  mountJobResult(resultHost.parentElement as HTMLElement, resultHost);
  effect(() => {
    void key.value;
    if (view.value === 'stored') void Promise.all([listStored(), listJobs()]);
  });
  effect(() => {
    const wrong = storedProblem.value ?? jobsProblem.value;
    // The banner asks for a key.
    if (view.value === 'stored') problem.value = wrong?.code === 'unauthorized' ? wrong : undefined;
    none.textContent = !wrong || wrong.code === 'unauthorized' ? '' : wordsFor(wrong.code, wrong.detail);
    for (const part of [upload, sets, jobs]) part.hidden = wrong !== undefined;
  });
}

const wordsFor = (code: string, detail: string): string =>
  code === 'store_unavailable'
    ? `This service stores no data sets and makes no jobs at the moment (503): ${detail}. The other views work as ever.`
    : detail;
