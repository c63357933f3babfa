import { computed, effect, signal, untracked } from '@preact/signals-core';
import { type Cluster, cluster, cut } from '../data/cluster.ts';
import type { Matrix } from '../data/matrix.ts';
import { latest } from '../service/latest.ts';
import { cancelled, type Reply, type Rows, type Timing } from '../service/messages.ts';
import { datasetAsked, usedDataset } from './dataset.ts';
import { askLong, makeJob } from './long.ts';
import { chosenParams, type Metric, metric, problem, type Request, view } from './state.ts';

/** A matrix between the series of the data set, with the tree that orders it. */
export interface MatrixShown {
  readonly request: Request;
  readonly series: typeof usedDataset.value;
  readonly title: string;
  /** Whether larger values mean nearer. */
  readonly similarity: boolean;
  readonly matrix: Matrix;
  readonly tree: Cluster;
  readonly timing: Timing;
}

export const matrixShown = signal<MatrixShown | undefined>(undefined);
/** How many groups the tree is cut into, and which one's barycenter is shown. */
export const groupCount = signal(3);
export const chosenGroup = signal(0);
export const groups = computed(() => (matrixShown.value ? cut(matrixShown.value.tree, groupCount.value) : []));

/** The request for the matrix on the screen. */
export const matrixRequest = computed<Request | undefined>(() => {
  if (!metric.value || usedDataset.value.length < 2) return undefined;
  const body = { dataset1: datasetAsked.value, ...chosenParams.value };
  return { path: `/${metric.value.name}/cdist`, query: {}, body };
});

/** A matrix that is still being computed: its rows so far, in the order of the data set; what is missing is NaN. */
export const matrixFilling = signal<(Matrix & { readonly done: number }) | undefined>(undefined);

function fill(request: Request, count: number, { from, columns, values }: Rows): void {
  if (request !== matrixRequest.peek()) return;
  const so = matrixFilling.peek()?.values ?? new Float64Array(count * columns).fill(Number.NaN);
  so.set(values, from * columns);
  matrixFilling.value = { rows: count, columns, values: so, done: from + values.length / columns };
}

const asked = latest<Request, Reply<{ matrix: Matrix }>>(
  (request, signal) => {
    const rows = usedDataset.peek().length;
    matrixFilling.value = undefined;
    return askLong({ ...request, rows }, signal, (part) => fill(request, rows, part));
  },
  (request, reply) => {
    matrixFilling.value = undefined;
    if (request !== matrixRequest.peek()) return;
    problem.value = reply.ok ? undefined : reply.problem;
    if (!reply.ok) return;
    const { matrix } = reply.data;
    const { title, similarity } = metric.peek() as Metric;
    const tree = cluster(matrix, similarity);
    matrixShown.value = { request, series: usedDataset.peek(), title, similarity, matrix, tree, timing: reply.timing };
  },
  () => true,
);

/** The request about the data set, and how to give it up or repeat it. */
export const matrixWork = {
  pending: asked.pending,
  cancel(): void {
    asked.cancel();
    matrixFilling.value = undefined;
    problem.value = cancelled;
  },
  again(): void {
    const { value: request } = matrixRequest;
    if (request) post(request);
  },
  asJob(): void {
    const { value: request } = matrixRequest;
    if (!request) return;
    makeJob(request.body);
    post(request);
  },
};

/** Whether the matrix is for other series or another metric than those selected now. */
export const matrixOutdated = computed(
  () => matrixShown.value !== undefined && matrixShown.value.request !== matrixRequest.value,
);

/** Keeps the matrix up to date while its view is open. */
export function keepMatrixAnswered(): void {
  effect(() => {
    const { value: request } = matrixRequest;
    if (request === undefined || view.value !== 'matrix') return;
    // What is waited for already is not asked again when the view is opened again: it may be a job.
    untracked(() => asked.pending.value?.question !== request && post(request));
  });
}

function post(request: Request): void {
  if (matrixShown.value?.request === request) return; // it is there
  if (problem.value?.code !== 'unauthorized') problem.value = undefined;
  asked.post(request);
}
