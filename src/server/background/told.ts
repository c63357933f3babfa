import { hasEnded, type Job, type KeptField } from './job.ts';

/** A job as callers see it. */
export function told(job: Job) {
  const { id, status, request, tiles, cells, tiles_done, created, started, ended, problem } = job;
  const done = status === 'succeeded' ? cells : Math.min(job.cells_done, cells);
  const fraction = status === 'succeeded' ? 1 : Math.min(1, cells === 0 ? 0 : done / cells);
  return {
    id,
    status,
    progress: { cells_done: done, cells, tiles_done, tiles, fraction, seconds_left: secondsLeft(job, fraction) },
    created: created.toISOString(),
    started: started?.toISOString() ?? null,
    ended: ended?.toISOString() ?? null,
    request: {
      path: `/${request.metric}${request.suffix}`,
      query: request.query,
      body: {
        ...Object.fromEntries(Object.entries(request.fields).map(shown)),
        ...request.params,
        be: request.be,
        ...layoutOf(request),
      },
    },
    ...(status === 'succeeded' && { result: `/jobs/${id}/result` }),
    ...(problem && { problem }),
  };
}

function secondsLeft({ status, started }: Job, fraction: number): number | null {
  if (hasEnded(status) || started === null || fraction === 0) return null;
  const seconds = (Date.now() - started.getTime()) / 1000;
  return Math.round((seconds * (1 - fraction)) / fraction);
}

/** The layout that was asked for, if it is not the usual one. */
function layoutOf({ fields }: Job['request']): { layout?: string } {
  const other = Object.values(fields).find((field) => 'layout' in field);
  return other && 'layout' in other && other.layout ? { layout: other.layout } : {};
}

function shown([name, field]: [string, KeptField]): [string, unknown] {
  if ('value' in field) return [name, field.value];
  return [name, 'dataset' in field ? field.dataset : { series: field.series }];
}
