import { z } from 'zod';
import { FULL_ONLY } from '../document/json-only.ts';
import { JOB_EXAMPLE } from './kept-examples.ts';
import { problemCode } from './problem.ts';

export const jobStatus = z
  .enum(['queued', 'running', 'succeeded', 'failed', 'cancelled'])
  .meta({ 'x-name': 'JobStatus' });

/** The description of a job. */
export const jobSchema = z
  .object({
    id: z.uuid(),
    status: jobStatus,
    progress: z
      .object({
        cells_done: z.number().min(0),
        cells: z.number().min(0).meta({ description: 'The cost of the whole job' }),
        tiles_done: z.int().min(0),
        tiles: z.int().min(1),
        fraction: z.number().min(0).max(1),
        seconds_left: z.number().min(0).nullable().meta({
          description:
            'Estimated from the speed so far; null before the first tile is done and after the job has ended',
        }),
      })
      .meta({ 'x-name': 'JobProgress' }),
    created: z.iso.datetime(),
    started: z.iso.datetime().nullable(),
    ended: z.iso.datetime().nullable(),
    request: z
      .object({
        path: z.string().meta({ examples: ['/dtw/cdist'] }),
        query: z.record(z.string(), z.boolean()),
        body: z.record(z.string(), z.unknown()).meta({ description: 'The body, with digests instead of arrays' }),
      })
      .meta({ 'x-name': 'JobOf', description: 'The request, without its arrays' }),
    result: z.string().optional().meta({ description: 'Where the result is; present if the job has succeeded' }),
    problem: z
      .object({ code: problemCode, detail: z.string() })
      .loose()
      .optional()
      .meta({ 'x-name': 'JobProblem', description: 'Why the job has failed' }),
  })
  .meta({ id: 'Job', description: 'A request that outlives its connection', examples: [JOB_EXAMPLE] });

export const jobList = z
  .object({
    jobs: z.array(jobSchema),
    next: z.string().optional().meta({ description: 'Send it as `after` for the next page; absent on the last one' }),
  })
  .meta({ 'x-name': 'JobList', examples: [{ jobs: [JOB_EXAMPLE] }] });

/** The headers that make a request a job. Only the full document has them: a generated client then knows that no other response comes. */
export const jobHeaders = z.object({
  prefer: z
    .string()
    .optional()
    .meta({
      [FULL_ONLY]: true,
      description: '`respond-async`: answer at once with a job that computes this',
    }),
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .meta({
      [FULL_ONLY]: true,
      description: 'With `Prefer: respond-async`: a repeated request with the same key gets the same job',
    }),
});
