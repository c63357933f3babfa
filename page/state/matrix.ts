import { computed, effect, signal, untracked } from '@preact/signals-core';
import { type Cluster, cluster, cut } from '../data/cluster.ts';
import type { Matrix } from '../data/matrix.ts';
import { latest } from '../service/latest.ts';
import type { Reply, Timing } from '../service/messages.ts';
import { ask } from '../service/service.ts';
import { usedDataset } from './dataset.ts';
import { chosenParams, metric, problem, type Request, view } from './state.ts';

/** A matrix between the series of the data set, with the tree that orders it. */
export interface MatrixShown {
  readonly request: Request;
  readonly series: typeof usedDataset.value;
  readonly title: string;
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
  const body = { dataset1: usedDataset.value.map(({ values }) => values), ...chosenParams.value };
  return { path: `/${metric.value.name}/cdist`, query: {}, body };
});

/** Keeps the matrix up to date while its view is open. */
export function keepMatrixAnswered(): void {
  const post = latest<Request, Reply<{ matrix: Matrix }>>(
    (request, signal) => ask(request, signal),
    (request, reply) => {
      if (request.path !== matrixRequest.peek()?.path || request.body.dataset1 === undefined) return;
      problem.value = reply.ok ? undefined : reply.problem;
      if (!reply.ok) return;
      const { matrix } = reply.data;
      const { title } = metric.peek() ?? { title: '' };
      matrixShown.value = {
        request,
        series: usedDataset.peek(),
        title,
        matrix,
        tree: cluster(matrix),
        timing: reply.timing,
      };
    },
    () => true,
  );
  effect(() => {
    const { value: request } = matrixRequest;
    if (request !== undefined && view.value === 'matrix') untracked(() => post(request));
  });
}
