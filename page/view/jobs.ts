import { effect, signal } from '@preact/signals-core';
import { h } from '../dom/dom.ts';
import { endJob, fileOf, hasEnded, type Job, jobs, keepJobsCurrent, listJobs, moreJobs } from '../state/jobs.ts';
import { keepJobsOpenable, openJob, openProblem } from '../state/open-job.ts';
import { stored } from '../state/stored.ts';
import { confirming } from './confirming.ts';
import { download } from './export.ts';
import { nameOf } from './job-name.ts';
import { lasting } from './lasting.ts';
import { focusFigures } from './views.ts';

/** The jobs: what each computes, how far it is, and its result. */
export function mountJobs(host: HTMLElement): void {
  const none = h(
    'p',
    { class: 'note' },
    'There are no jobs. What takes too long for a request becomes one; it goes on when this page is closed.',
  );
  const again = h('button', { type: 'button', class: 'quiet', onclick: () => void listJobs() }, 'Refresh');
  const list = h('ul', { class: 'stored', 'aria-label': 'Jobs' });
  const more = h('p', { class: 'hint' });
  const wrong = h('p', { class: 'error', role: 'alert', id: 'open-problem' });
  host.replaceChildren(wrong, none, list, more, again);
  keepJobsCurrent();
  keepJobsOpenable();
  /** Rows by job, so that a button keeps the focus while the progress moves. */
  const rows = new Map<string, ReturnType<typeof row>>();
  effect(() => {
    const found = jobs.value ?? [];
    void stored.value;
    none.hidden = jobs.value === undefined || found.length > 0;
    for (const id of rows.keys()) if (!found.some((job) => job.id === id)) rows.delete(id);
    const now = found.map((job) => {
      const made = rows.get(job.id) ?? row(job);
      rows.set(job.id, made);
      made.update(job);
      return made.element;
    });
    if (now.length !== list.children.length || now.some((one, k) => one !== list.children[k]))
      list.replaceChildren(...now);
    wrong.textContent = openProblem.value?.detail ?? '';
    more.textContent = moreJobs.value ? `These are the newest ${found.length}.` : '';
  });
}

function row(first: Job): { readonly element: HTMLElement; update(job: Job): void } {
  const job = signal(first);
  const bar = h('progress', { max: 1, 'aria-label': `Progress of ${nameOf(first)}` });
  const title = h('h3');
  const state = h('p', { class: 'facts', role: 'status' });
  const wrong = h('p', { class: 'error', role: 'alert' });
  const buttons = h('div', { class: 'buttons' });
  const element = h('li', {}, title, state, bar, buttons, wrong);
  const tell = (text: string | undefined) => {
    wrong.textContent = text ?? '';
  };
  let shown = '';
  effect(() => {
    const now = job.value;
    title.textContent = nameOf(now);
    state.textContent = stateOf(now);
    bar.value = now.progress.fraction;
    bar.hidden = hasEnded(now);
    if (now.problem) tell(now.problem.detail);
    const kind = `${now.status} ${nameOf(now)}`;
    if (kind === shown) return;
    shown = kind;
    buttons.replaceChildren(...actions(now, tell));
  });
  return {
    element,
    update(now) {
      job.value = now;
    },
  };
}

function actions(job: Job, tell: (text: string | undefined) => void): HTMLElement[] {
  const named = (label: string) => ({ type: 'button', 'aria-label': `${label}: ${nameOf(job)}` });
  const end = async () => {
    const gone = await endJob(job);
    return gone.ok ? undefined : gone.problem.detail;
  };
  if (!hasEnded(job)) {
    return [h('button', { ...named('Cancel'), onclick: async () => tell(await end()) }, 'Cancel')];
  }
  const save = (label: string, accept: string, extension: string) =>
    h(
      'button',
      {
        ...named(label),
        class: 'quiet',
        onclick: async () => {
          const answer = await fileOf(job, accept);
          tell(answer.ok ? undefined : answer.problem.detail);
          if (answer.ok) download(answer.data, `${nameOf(job).replaceAll(/[^\w.-]+/g, '-')}.${extension}`);
        },
      },
      label,
    );
  const show = async () => {
    const failure = await openJob(job);
    tell(failure?.detail);
    if (!failure) focusFigures();
  };
  const open = h('button', { ...named('Open'), onclick: show }, 'Open');
  const results =
    job.status === 'succeeded'
      ? [
          open,
          ...(job.request.path.endsWith('/cdist') ? [save('Save .npy', 'application/x-npy', 'npy')] : []),
          save('Save .npz', 'application/x-npz', 'npz'),
          save('Save JSON', 'application/json', 'json'),
        ]
      : [];
  return [...results, confirming('Delete', 'this job', end)];
}

function stateOf({ status, progress, created, started, ended }: Job): string {
  const at = new Date(created).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  const { fraction, seconds_left: left } = progress;
  const took = started && ended ? (Date.parse(ended) - Date.parse(started)) / 1000 : undefined;
  const parts = [
    WORDS[status],
    status === 'running' && `${Math.floor(100 * fraction)} %`,
    status === 'running' && left !== null && `${lasting(left)} left`,
    status === 'succeeded' && took !== undefined && (took < 1 ? 'within a second' : `in ${lasting(took)}`),
    `asked for ${at}`,
  ];
  return parts.filter(Boolean).join(' · ');
}

const WORDS: Readonly<Record<Job['status'], string>> = {
  queued: 'waiting',
  running: 'running',
  succeeded: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};
