import { computed, effect, signal, untracked } from '@preact/signals-core';
import type { Series } from '../data/series.ts';
import { latest } from '../service/latest.ts';
import type { Failure, Reply } from '../service/messages.ts';
import { ask } from '../service/service.ts';
import { chosenGroup, groups, matrixShown } from './matrix.ts';
import { capabilities, chosenParams, metricName, type Request } from './state.ts';

/** The barycenter of the selected group. */
export interface Between {
  readonly members: readonly number[];
  readonly metric: string;
  readonly barycenter?: Series;
  readonly loss?: number;
  readonly failure?: Failure;
}

export const between = signal<Between | undefined>(undefined);

/** The selected metric if it has barycenters, otherwise dtw. */
const averaging = computed(() => {
  const has = (name: string) =>
    capabilities.value?.metrics.some(({ operations }) => operations.some(({ path }) => path === `/${name}/barycenter`));
  return has(metricName.value) ? metricName.value : 'dtw';
});

/** Which of the selected parameters apply to a barycenter. */
const TAKEN = ['gamma', 'global_constraint', 'sakoe_chiba_radius', 'itakura_max_slope'];

const question = computed(() => {
  const group = groups.value[chosenGroup.value] ?? groups.value[0];
  if (!matrixShown.value || group === undefined) return undefined;
  const { series } = matrixShown.value;
  const own = averaging.value === metricName.value ? Object.entries(chosenParams.value) : [];
  const body = {
    dataset: group.members.map((k) => series[k]?.values),
    ...Object.fromEntries(own.filter(([name]) => TAKEN.includes(name))),
  };
  const request: Request = { path: `/${averaging.value}/barycenter`, query: {}, body };
  return { request, members: group.members, metric: averaging.value };
});

/** Keeps the barycenter of the selected group up to date. */
export function keepBarycenterAnswered(): void {
  type Question = NonNullable<typeof question.value>;
  const { post } = latest<Question, Reply<{ barycenter: Series; loss: number }>>(
    ({ request }, signal) => ask(request, signal),
    ({ members, metric }, reply) => {
      between.value = reply.ok ? { members, metric, ...reply.data } : { members, metric, failure: reply.problem };
    },
    () => true,
  );
  effect(() => {
    const { value: now } = question;
    if (now !== undefined) untracked(() => post(now));
  });
}
