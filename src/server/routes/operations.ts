import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  backendNamed,
  type Extra,
  gridsToLists,
  type MetricRecord,
  metrics,
  type Params,
} from '../../core/server-door.ts';
import { requireBackground } from '../background/require-background.ts';
import { told } from '../background/told.ts';
import type { Config } from '../config.ts';
import { ownerOf } from '../datasets/kept-data.ts';
import { Problem } from '../http/errors.ts';
import { streamedIfLarge } from '../http/large-json.ts';
import { linesOf } from '../http/lines.ts';
import { ANYTHING, JSON_IN_UTF8, JSON_TYPE, NDJSON, NPY, NPZ } from '../http/media-types.ts';
import { preferences } from '../http/prefer.ts';
import { WhenNeeded } from '../http/when-needed.ts';
import { arraysOf } from '../npz/arrays.ts';
import { namedTypes } from '../npz/named-types.ts';
import { npyOf } from '../npz/npy.ts';
import { npyStream, npzStream } from '../npz/write.ts';
import { answer, rows } from '../operations/answer.ts';
import { formatsOf, formatsWith } from '../operations/formats.ts';
import { operations } from '../operations/index.ts';
import { kindOf } from '../operations/kind.ts';
import type { Common, Operation } from '../operations/operation.ts';
import type { Call, Timing } from '../pool/call.ts';
import type { Pool } from '../pool/pool.ts';
import { bodySchema } from '../schemas/body.ts';
import { flagsQuery } from '../schemas/flags.ts';
import { placementOf } from '../schemas/placement.ts';
import { operationDocument } from './operation-document.ts';

/** A validated body: the operation's fields, the backend, the layout, and the metric's parameters. */
type Body = { be: string; layout: string } & Record<string, unknown>;

/** POST /{metric}{suffix} for every operation on every record that has it. */
export async function operationRoutes(
  app: FastifyInstance,
  { pool, config }: { pool: Pool; config: Config },
): Promise<void> {
  for (const record of metrics) {
    for (const operation of operations.filter(({ appliesTo }) => appliesTo(record))) {
      const own = new Set(Object.keys(operation.fields));
      const produces = formatsOf(operation);
      const types = new WhenNeeded(() => namedTypes(operation.answer(record)));
      const { matrix = '' } = operation;
      app.post<{ Body: Body; Querystring: Readonly<Partial<Record<Extra, boolean>>> }>(
        `/${record.name}${operation.suffix}`,
        {
          schema: {
            querystring: z.lazy(() => flagsQuery(record, operation)),
            body: z.lazy(() => bodySchema(record, operation)),
          },
          compress: false,
          config: {
            reads: {
              metric: record.name,
              suffix: operation.suffix,
              placement: new WhenNeeded(() => placementOf(record, operation)),
            },
            produces,
            document: () => operationDocument(record, operation, types.value),
          },
        },
        (request, reply) => {
          const body = apart(request.body, own);
          const timing = { metric: record.name, backend: body.be, cells: 0, queue: 0, compute: 0 };
          request.timing = timing;
          const { accept, prefer } = request.headers;
          if (prefer !== undefined && preferences(prefer).has('respond-async')) {
            return asJob(request, reply, record, operation, body);
          }
          const asked = [record, body, request.query] as const;
          const call = new RequestCall(request, timing, () => kindOf(record, operation, body, request.query));
          const context = { pool, config, call };
          const format = accept === undefined || accept === ANYTHING ? JSON_TYPE : acceptedFormat(request, operation);
          if (format === NDJSON) {
            return linesOf(rows(operation, asked, context), request).then((lines) => {
              reply.type(NDJSON);
              return lines;
            });
          }
          const written = (found: object, isFew = false): object => {
            if (format === NPZ) {
              reply.type(NPZ);
              return npzStream(arraysOf(found, types.value));
            }
            if (format === NPY) {
              reply.type(NPY);
              return npyStream(npyOf(Reflect.get(found, matrix), 'float64'));
            }
            reply.type(JSON_IN_UTF8);
            if (isFew) return found;
            const sent = streamedIfLarge(found);
            return sent === found ? gridsToLists(found) : sent;
          };
          const found = answer(operation, asked, context);
          return found instanceof Promise ? found.then((all) => written(all)) : written(found, true);
        },
      );
    }
  }
}

/** The fields of the operation, with the parameters apart: the schema of the body has no others. The layout has already been applied. */
function apart({ be, layout: _, ...fields }: Body, own: ReadonlySet<string>): Common & Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const name in fields) if (!own.has(name)) params[name] = fields[name];
  return Object.assign(fields, { params: params as unknown as Params, be: backendNamed(be) });
}

/** What the pool needs to know of a request; what most requests can do without is found out when it is asked for. */
class RequestCall implements Call {
  readonly timing: Timing;
  readonly #request: FastifyRequest;
  readonly #kindOf: () => string;
  #kind: string | undefined;

  constructor(request: FastifyRequest, timing: Timing, kindOf: () => string) {
    this.timing = timing;
    this.#request = request;
    this.#kindOf = kindOf;
  }

  get kind(): string {
    this.#kind ??= this.#kindOf();
    return this.#kind;
  }

  get memory(): FastifyRequest['memory'] {
    return this.#request.memory;
  }

  get caller(): Call['caller'] {
    return this.#request.caller;
  }

  get abandoned(): AbortSignal {
    return this.#request.abandoned;
  }

  get ran(): Call['ran'] {
    return this.#request.ran;
  }
}

/** The media type that a request accepts, of those that are there with its flags. */
function acceptedFormat(
  request: FastifyRequest<{ Querystring: Readonly<Partial<Record<Extra, boolean>>> }>,
  operation: Operation,
): string {
  const formats = formatsWith(operation, request.query);
  const format = request.accepts().type(formats);
  if (format === false) throw new Problem('not_acceptable', `with these flags, accept ${formats.join(' or ')}`);
  return format as string;
}

/** Accepts the request as a job, and responds with its location. */
async function asJob(
  request: FastifyRequest<{ Querystring: Readonly<Partial<Record<Extra, boolean>>> }>,
  reply: FastifyReply,
  record: MetricRecord,
  operation: Operation,
  body: Common & Record<string, unknown>,
) {
  request.timing = null;
  const { 'idempotency-key': key } = request.headers;
  if (typeof key === 'string' && (key === '' || key.length > 255)) {
    throw new Problem('invalid_request', 'Idempotency-Key: 1 to 255 characters');
  }
  const background = requireBackground(request.server);
  const job = await background.submit({
    caller: { owner: ownerOf(request), share: request.caller.share },
    record,
    operation,
    body,
    query: request.query,
    key: key as string | undefined,
  });
  reply.code(202).header('location', `/jobs/${job.id}`).header('preference-applied', 'respond-async');
  return reply.type(JSON_TYPE).send(told(job));
}
