import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { hasEnded, type Status } from '../background/job.ts';
import { requireBackground } from '../background/require-background.ts';
import type { Result } from '../background/result.ts';
import { told } from '../background/told.ts';
import { ownerOf } from '../datasets/kept-data.ts';
import { begun } from '../http/begun.ts';
import { Problem } from '../http/errors.ts';
import { streamedIfLarge } from '../http/large-json.ts';
import { JSON_TYPE, NDJSON, NPY, NPZ } from '../http/media-types.ts';
import { arraysOf } from '../npz/arrays.ts';
import { namedTypes } from '../npz/named-types.ts';
import { npzOfStream, npzStream } from '../npz/write.ts';
import { jobList, jobSchema, jobStatus } from '../schemas/jobs.ts';
import { problemResponses } from '../schemas/responses.ts';

const tags = ['jobs'];
const general = [
  'unauthorized',
  'not_acceptable',
  'rate_limited',
  'headers_too_large',
  'overloaded',
  'draining',
  'store_unavailable',
] as const;
const json = (schema: z.ZodType, description: string) => ({ description, content: { 'application/json': { schema } } });
const id = z.strictObject({ id: z.string().meta({ description: 'The id of the job' }) });
const binary = z.unknown().meta({ type: 'string', format: 'binary' });

/** How often a listener to a job gets an event. */
const EVENT_MS = 500;

/** GET /jobs, GET and DELETE /jobs/{id}, its events and its result. */
export async function jobRoutes(app: FastifyInstance): Promise<void> {
  const jobs = () => requireBackground(app);

  app.get<{ Querystring: { status?: Status; limit: number; after?: string } }>(
    '/jobs',
    {
      schema: {
        operationId: 'jobs',
        summary: 'The jobs, newest first',
        tags,
        querystring: z.strictObject({
          status: jobStatus.optional(),
          limit: z.coerce.number().int().min(1).max(1000).default(100).meta({ type: 'integer' }),
          after: z
            .string()
            .regex(/^\d{1,18}$/)
            .optional()
            .meta({ description: '`next` of the previous page' }),
        }),
        response: { 200: json(jobList, 'Jobs'), ...problemResponses(['invalid_request', ...general]) },
      },
    },
    async (request) => {
      const { status, limit, after } = request.query;
      const found = await jobs().list(ownerOf(request), status, limit + 1, after);
      const page = found.slice(0, limit);
      return { jobs: page.map(told), ...(found.length > limit && { next: String(page.at(-1)?.number) }) };
    },
  );

  app.get<{ Params: { id: string } }>(
    '/jobs/:id',
    {
      schema: {
        operationId: 'job',
        summary: 'The status of a job',
        tags,
        params: id,
        response: { 200: json(jobSchema, 'The job'), ...problemResponses(['job_not_found', ...general]) },
      },
    },
    async (request) => told(await jobs().get(ownerOf(request), request.params.id)),
  );

  app.delete<{ Params: { id: string } }>(
    '/jobs/:id',
    {
      schema: {
        operationId: 'cancel-job',
        summary: 'Cancel a job, or delete one that has ended',
        description:
          'An open job is cancelled, and its threads stop at once. One that has ended is deleted with its result.',
        tags,
        params: id,
        response: { 200: json(jobSchema, 'The job'), ...problemResponses(['job_not_found', ...general]) },
      },
    },
    async (request) => told(await jobs().cancel(ownerOf(request), request.params.id)),
  );

  app.get<{ Params: { id: string } }>(
    '/jobs/:id/events',
    {
      config: { produces: ['text/event-stream'] },
      schema: {
        operationId: 'job-events',
        summary: 'The progress of a job as server-sent events',
        description: 'An event `job`, with the job as JSON, whenever it changes. The stream ends when the job does.',
        tags,
        params: id,
        response: {
          200: { description: 'Events', content: { 'text/event-stream': { schema: z.string() } } },
          ...problemResponses(['job_not_found', ...general]),
        },
      },
    },
    async (request, reply) => {
      const owner = ownerOf(request);
      await jobs().get(owner, request.params.id);
      const events = async function* () {
        let last = '';
        while (!request.abandoned.aborted && !reply.raw.destroyed) {
          const job = await jobs().get(owner, request.params.id);
          const { progress, ...rest } = told(job);
          const text = JSON.stringify({ ...rest, progress: { ...progress, seconds_left: null } });
          if (text !== last) yield `event: job\ndata: ${JSON.stringify({ ...rest, progress })}\n\n`;
          last = text;
          if (hasEnded(job.status)) return;
          await setTimeout(EVENT_MS);
        }
      };
      return reply
        .type('text/event-stream')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(Readable.from(events(), { objectMode: false }));
    },
  );

  app.get<{ Params: { id: string } }>(
    '/jobs/:id/result',
    {
      config: { produces: [JSON_TYPE, NDJSON, NPZ, NPY] },
      schema: {
        operationId: 'job-result',
        summary: 'The result of a job',
        description:
          'The response of the operation, by Accept: JSON, lines of JSON, .npz or .npy, as far as the operation supports them. A matrix is streamed from the store.',
        tags,
        params: id,
        response: {
          200: {
            description: 'The response of the operation',
            content: {
              [JSON_TYPE]: { schema: z.looseObject({}) },
              [NDJSON]: { schema: z.looseObject({}) },
              [NPZ]: { schema: binary },
              [NPY]: { schema: binary },
            },
          },
          ...problemResponses(['job_not_found', 'no_result', 'result_damaged', ...general]),
        },
      },
    },
    async (request, reply) => send(request, reply, await jobs().result(ownerOf(request), request.params.id)),
  );
}

async function send(request: FastifyRequest, reply: FastifyReply, result: Result): Promise<unknown> {
  const { operation, record } = result.job;
  const formats = [JSON_TYPE, ...(operation.row ? [NDJSON] : []), NPZ, ...(result.shape ? [NPY] : [])];
  const format = request.headers.accept === undefined ? JSON_TYPE : request.accepts().type(formats);
  if (format === false) throw new Problem('not_acceptable', `this result is available as ${formats.join(', ')}`);
  if (result.shape) {
    const pieces = {
      [NDJSON]: () => result.lines(),
      [NPY]: () => result.npy(),
      [JSON_TYPE]: () => result.json(),
      [NPZ]: () => npzOfStream(operation.matrix as string, result.npyBytes, () => result.npy()),
    }[String(format)] as () => AsyncIterable<string | Uint8Array>;
    return reply.type(String(format)).send(await begun(pieces()));
  }
  const answer = await result.answer();
  if (format === NPZ) return reply.type(NPZ).send(npzStream(arraysOf(answer, namedTypes(operation.answer(record)))));
  const lists = await result.lists();
  if (format === NDJSON)
    return reply.type(NDJSON).send(Readable.from(linesOf(lists as Record<string, unknown[]>), { objectMode: false }));
  return reply.type('application/json; charset=utf-8').send(streamedIfLarge(lists));
}

/** The rows of a response that consists of lists of equal length, one per line. */
function* linesOf({ indices, values }: Record<string, unknown[]>): Generator<string> {
  for (const [row, own] of (indices ?? []).entries()) {
    yield `${JSON.stringify({ row, indices: own, values: values?.[row] })}\n`;
  }
}
