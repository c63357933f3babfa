import { effect, signal } from '@preact/signals-core';
import type { Series } from '../data/series.ts';
import { latest } from '../service/latest.ts';
import type { Reply } from '../service/messages.ts';
import { ask } from '../service/service.ts';
import { held } from './pair.ts';
import { type Answer, type Shown, shown } from './state.ts';

/** The value of the pair compared step by step, without stretching, with the response it belongs to. */
export const straight = signal<{ readonly of: Shown; readonly value: number; readonly resampled: boolean } | undefined>(
  undefined,
);

/** Requested once the figure has been stable this long, in milliseconds: not while a slider moves. */
const STILL = 250;
/** Iterative metrics: the request would cost as much as the figure. */
const COSTLY = ['ctw'];

/** Keeps the value step by step up to date. */
export function keepStraightAnswered(): void {
  const { post } = latest<Shown, Reply<Answer>>(
    (now, signal) => ask<Answer>({ path: now.request.path, query: {}, body: bodyOf(now) }, signal),
    (now, reply) => {
      const resampled = now.s1.values.length !== now.s2.values.length;
      if (reply.ok && shown.peek() === now) straight.value = { of: now, value: reply.data.value, resampled };
    },
    () => true,
  );
  effect(() => {
    const { value: now } = shown;
    if (!now?.answer || held.value || !stretches(now)) return;
    const timer = setTimeout(() => post(now), STILL);
    return () => clearTimeout(timer);
  });
}

/** Whether the metric stretches time, and can be told not to. */
export function stretches({ metric, answer, request }: Shown): boolean {
  const properties = (metric.parameters.properties ?? {}) as object;
  const drawn = answer?.path !== undefined || answer?.alignment !== undefined;
  return (
    'sakoe_chiba_radius' in properties &&
    drawn &&
    request.body.metric !== 'precomputed' &&
    !COSTLY.includes(metric.name)
  );
}

function bodyOf({ request, s1, s2 }: Shown): Record<string, unknown> {
  const { itakura_max_slope: _, ...body } = request.body;
  const steps = Math.max(s1.values.length, s2.values.length);
  return {
    ...body,
    s1: stretched(s1.values, steps),
    s2: stretched(s2.values, steps),
    global_constraint: 'sakoe_chiba',
    sakoe_chiba_radius: 0,
  };
}

/** A series stretched evenly to the given number of steps, by linear interpolation. */
function stretched(series: Series, steps: number): Series {
  const last = series.length - 1;
  if (series.length === steps) return series;
  const at = (t: number, value: (row: number) => number) => {
    const place = steps > 1 ? (t * last) / (steps - 1) : 0;
    const low = Math.min(Math.floor(place), Math.max(0, last - 1));
    const part = place - low;
    return last === 0 ? value(0) : value(low) * (1 - part) + value(low + 1) * part;
  };
  const times = Array.from({ length: steps }, (_, t) => t);
  if (typeof series[0] === 'number') return times.map((t) => at(t, (row) => series[row] as number));
  const rows = series as readonly (readonly number[])[];
  return times.map((t) => (rows[0] ?? []).map((_, c) => at(t, (row) => rows[row]?.[c] as number)));
}
