import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { gridsToLists } from '../../core/server-door.ts';
import { hasEnded, type Status } from '../background/job.ts';
import { requireBackground } from '../background/require-background.ts';
import type { Result } from '../background/result.ts';
import { told } from '../background/told.ts';
import { DatabaseFailure } from '../database/database.ts';
import { ownerOf } from '../datasets/kept-data.ts';
import { begun } from '../http/begun.ts';
import { Problem } from '../http/errors.ts';
import { streamedIfLarge } from '../http/large-json.ts';
import { linesOf } from '../http/lines.ts';
import { JSON_IN_UTF8, JSON_TYPE, NDJSON, NPY, NPZ } from '../http/media-types.ts';
import { arraysOf } from '../npz/arrays.ts';
import { namedTypes } from '../npz/named-types.ts';
import { npyOf } from '../npz/npy.ts';
import { npyStream, npzStream } from '../npz/write.ts';
import { formatsWith } from '../operations/formats.ts';
import { binary } from '../schemas/binary.ts';
import { jobList, jobSchema, jobStatus } from '../schemas/jobs.ts';
import { EVENTS_EXAMPLE, RESULT_EXAMPLE } from '../schemas/kept-examples.ts';
import { jsonResponse, problemResponses, storeCodes } from '../schemas/responses.ts';

const tags = ['jobs'];
const id = z.strictObject({ id: z.string().meta({ description: 'The id of the job' }) });

/** Milliseconds between two looks at a job that is listened to. */
const EVENT_MS = 500;

/** GET /jobs, GET and DELETE /jobs/{id}, its events and its result. */
export async function jobRoutes(app: FastifyInstance): Promise<void> {
  listing(app);
  status(app);
  cancelling(app);
  events(app);
  result(app);
}

/** GET /jobs */
function listing(app: FastifyInstance): void {
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
        response: {
          200: jsonResponse(jobList, 'Jobs'),
          ...problemResponses('List', ['invalid_request', ...storeCodes]),
        },
      },
    },
    async (request) => {
      const { status, limit, after } = request.query;
      const found = await requireBackground(app).list(ownerOf(request), status, limit + 1, after);
      const page = found.slice(0, limit);
      return { jobs: page.map(told), ...(found.length > limit && { next: String(page.at(-1)?.number) }) };
    },
  );
}

/** GET /jobs/{id} */
function status(app: FastifyInstance): void {
  app.get<{ Params: { id: string } }>(
    '/jobs/:id',
    {
      schema: {
        operationId: 'job',
        summary: 'The status of a job',
        tags,
        params: id,
        response: {
          200: jsonResponse(jobSchema, 'The job'),
          ...problemResponses('Job', ['job_not_found', ...storeCodes]),
        },
      },
    },
    async (request) => told(await requireBackground(app).get(ownerOf(request), request.params.id)),
  );
}

/** DELETE /jobs/{id} */
function cancelling(app: FastifyInstance): void {
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
        response: {
          200: jsonResponse(jobSchema, 'The job'),
          ...problemResponses('Job', ['job_not_found', ...storeCodes]),
        },
      },
    },
    async (request) => told(await requireBackground(app).cancel(ownerOf(request), request.params.id)),
  );
}

/** GET /jobs/{id}/events */
function events(app: FastifyInstance): void {
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
          200: {
            description: 'Events',
            content: { 'text/event-stream': { schema: z.unknown().meta({ examples: [EVENTS_EXAMPLE] }) } },
          },
          ...problemResponses('Job', ['job_not_found', ...storeCodes]),
        },
      },
    },
    async (request, reply) => {
      const owner = ownerOf(request);
      await requireBackground(app).get(owner, request.params.id);
      const changes = async function* () {
        let last = '';
        // However long the job takes: REQUEST_TIMEOUT_MS is for what is computed.
        while (!reply.raw.destroyed) {
          const job = await requireBackground(app).get(owner, request.params.id).catch(exceptOutage);
          if (job === undefined) {
            await setTimeout(EVENT_MS);
            continue;
          }
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
        .send(Readable.from(changes(), { objectMode: false }));
    },
  );
}

/** Whoever follows a job goes on once the database is there again. */
function exceptOutage(error: unknown): undefined {
  if (!(error instanceof DatabaseFailure)) throw error;
}

/** GET /jobs/{id}/result */
function result(app: FastifyInstance): void {
  app.get<{ Params: { id: string } }>(
    '/jobs/:id/result',
    {
      config: { produces: [JSON_TYPE, NDJSON, NPZ, NPY] },
      schema: {
        operationId: 'job-result',
        summary: 'The result of a job',
        description:
          'The response of the operation, in the format of Accept: JSON, lines of JSON, .npz or .npy, if the operation has it. A matrix is streamed from the store.',
        tags,
        params: id,
        response: {
          200: {
            description: 'The response of the operation',
            content: {
              [JSON_TYPE]: { schema: z.looseObject({}).meta({ examples: [RESULT_EXAMPLE] }) },
              [NDJSON]: { schema: z.looseObject({}) },
              [NPZ]: { schema: binary },
              [NPY]: { schema: binary },
            },
          },
          ...problemResponses('JobResult', ['job_not_found', 'no_result', 'result_damaged', ...storeCodes]),
        },
      },
    },
    async (request, reply) =>
      send(request, reply, await requireBackground(app).result(ownerOf(request), request.params.id)),
  );
}

async function send(request: FastifyRequest, reply: FastifyReply, result: Result): Promise<unknown> {
  const { operation, record, query } = result.job;
  const formats = formatsWith(operation, query);
  const format = request.headers.accept === undefined ? JSON_TYPE : request.accepts().type(formats);
  if (format === false)
    throw new Problem('not_acceptable', `accept one of the types of this result: ${formats.join(', ')}`);
  if (result.shape) {
    if (format === NDJSON) return reply.type(NDJSON).send(await linesOf(result.rows(), request));
    const pieces = {
      [NPY]: () => result.npy(),
      [JSON_TYPE]: () => result.json(),
      [NPZ]: () => result.npz(),
    }[String(format)] as () => AsyncIterable<string | Uint8Array>;
    return reply.type(format === JSON_TYPE ? JSON_IN_UTF8 : String(format)).send(await begun(pieces()));
  }
  const answer = await result.answer();
  if (format === NPY)
    return reply.type(NPY).send(npyStream(npyOf(Reflect.get(answer, operation.matrix as string), 'float64')));
  if (format === NPZ) return reply.type(NPZ).send(npzStream(arraysOf(answer, namedTypes(operation.answer(record)))));
  if (format === NDJSON && operation.rowsOf)
    return reply.type(NDJSON).send(Readable.from(inLines(operation.rowsOf(answer as never)), { objectMode: false }));
  const lists = gridsToLists(answer);
  if (format === NDJSON)
    return reply.type(NDJSON).send(
      Readable.from(rowsInLists(operation.row as z.ZodObject, lists as Record<string, unknown[]>), {
        objectMode: false,
      }),
    );
  return reply.type(JSON_IN_UTF8).send(streamedIfLarge(lists));
}

function* inLines(rows: Iterable<object>): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}

/** The rows of a response that consists of lists of equal length, one per line: `row` of the operation says which. */
function* rowsInLists(row: z.ZodObject, lists: Record<string, unknown[]>): Generator<string> {
  const names = Object.keys(row.shape).filter((name) => name !== 'row');
  const count = Math.max(...names.map((name) => lists[name]?.length ?? 0));
  for (let k = 0; k < count; k++) {
    yield `${JSON.stringify({ row: k, ...Object.fromEntries(names.map((name) => [name, lists[name]?.[k]])) })}\n`;
  }
}
